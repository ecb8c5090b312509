"""docs/settings.md lists every setting as it is, and every one says what it does."""

from benchmarks.settings_page import PAGE, SERVICES, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make settings`"


def test_every_setting_says_what_it_is() -> None:
    silent = {
        f"{name}: {field}"
        for name, settings in SERVICES.items()
        for field, info in settings.model_fields.items()
        if not info.description
    }
    assert not silent
