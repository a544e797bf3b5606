"""Names of products."""

import re

import pytest

from loaders.tables import rows
from loaders.tables.products import PRODUCT_TABLE, Product, products_of


def keys(provider: str, name: str) -> list[str]:
    return [product.key for product in products_of(provider, name)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("aws", "AWS Macie"), ("aws", "Amazon Macie")),
        (("aws", "AWS Single Sign-On"), ("aws", "AWS IAM Identity Center")),
        (("gcp", "GCP Chronicle"), ("gcp", "Chronicle")),
        (("gcp", "Chronicle"), ("gcp", "Google Security Operations")),
        (("gcp", "Cloud Data Loss Prevention"), ("gcp", "Sensitive Data Protection ")),
        (("azure", "Azure Sentinel"), ("azure", "Microsoft Sentinel")),
        (("azure", "Azure AD Identity Protection"), ("m365", "ID Protection")),
        (("m365", "Identity Protection"), ("m365", "ID Protection")),
        (
            ("azure", "Azure Defender for Storage"),
            ("azure", "Microsoft Defender for Cloud: Defender for Storage"),
        ),
        (("azure", "Cloud App Security Policies"), ("m365", "Defender for Cloud Apps")),
    ],
)
def test_renamed_products_are_one(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert keys(*one) == keys(*other) != []


def test_a_plan_is_a_product_and_a_part_of_its_suite() -> None:
    assert keys("azure", "Azure Defender for Key Vault") == [
        "microsoft-defender-for-cloud",
        "microsoft-defender-for-key-vault",
    ]
    assert products_of("azure", "Azure Security Center") == (
        Product("microsoft-defender-for-cloud", "Microsoft Defender for Cloud"),
    )


def test_a_name_counts_for_its_provider_only() -> None:
    assert keys("azure", "Role Based Access Control") != keys("m365", "Role Based Access Control")
    assert keys("multi", "Role Based Access Control") == []
    assert keys("multi", "AWS Macie") == ["amazon-macie"]
    assert keys("gcp", "AWS Macie") == []


def test_what_the_table_does_not_know_has_no_product() -> None:
    assert keys("azure", "Azure Regulatory Compliance") == []


def test_a_key_has_one_name_and_is_made_of_it() -> None:
    names: dict[str, str] = {}
    for row in rows.packed(PRODUCT_TABLE):
        key, name = row.cells["product"], row.cells["product_name"]
        assert names.setdefault(key, name) == name
        assert key == re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
