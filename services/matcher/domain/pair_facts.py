"""What is known of two organisations beside their texts; weighs nothing until it is learned."""

from services.matcher.domain.partner_features import FeatureName, PartnerFeature
from services.matcher.domain.statements import MatchedOrganisation


def pair_facts(one: MatchedOrganisation, other: MatchedOrganisation) -> tuple[PartnerFeature, ...]:
    """Province, 0 or 1, and the Jaccard coefficient of the fields of both profiles."""
    same = one.province is not None and (one.country, one.province) == (
        other.country,
        other.province,
    )
    own, theirs = set(one.fields), set(other.fields)
    overlap = len(own & theirs) / len(own | theirs) if own | theirs else 0.0
    return (
        PartnerFeature(FeatureName.SAME_PROVINCE, float(same), 0.0),
        PartnerFeature(FeatureName.FIELD_OVERLAP, overlap, 0.0),
    )
