from tests.support.stand_in.main import main

main()
