"""Links to attack.mitre.org in descriptions."""

from loaders.formats.attack.links import mentioned


def test_every_form_of_link() -> None:
    text = (
        "[Cloud](https://attack.mitre.org/techniques/T1078/004) and https://attack.mitre.org/groups/G0016, "
        "(https://attack.mitre.org/versions/v17/software/S0677/) "
        "https://attack.mitre.org/detectionstrategies/DET0174#AN0496 "
        "https://attack.mitre.org/detectionstrategies/DET0174 "
        "https://example.com/techniques/T1234 https://attack.mitre.org/resources/updates/"
    )
    assert list(mentioned(text)) == [
        ("Technique", "T1078.004"),
        ("Group", "G0016"),
        ("Software", "S0677"),
        ("Analytic", "AN0496"),
        ("DetectionStrategy", "DET0174"),
    ]
