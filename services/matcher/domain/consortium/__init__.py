"""Sets of organisations that cover what a call asks for. Pure: numpy and the standard library.

An organisation covers a requirement when its score for it is COVERED or more; see `coverage`.
What a team must have is told as quotas (`problem`), which makes covering them one integer-valued
monotone submodular function; how well it covers them is another one, of facility location type
(`quality`). `cover` takes the greedy of Wolsey (1982) for the first, `improve` that of Nemhauser,
Wolsey and Fisher (1978) for the seats that are left; `guarantee` says what that promises.
"""
