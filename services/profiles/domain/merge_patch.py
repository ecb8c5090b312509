"""JSON Merge Patch (RFC 7396)."""

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def merge_patch(target: Json, patch: Json) -> Json:
    """The target with the patch applied; neither is mutated."""
    if not isinstance(patch, dict):
        return patch
    merged: dict[str, Json] = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
