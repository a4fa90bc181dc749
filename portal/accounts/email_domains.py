"""The part of an e-mail address after the @, and whose it is."""

# Anyone may open an address there, so none of them can say where a person works.
PUBLIC_PROVIDERS = frozenset(
    {
        "aol.com",
        "arnet.com.ar",
        "ciudad.com.ar",
        "fibertel.com.ar",
        "gmail.com",
        "gmx.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.com.ar",
        "hotmail.es",
        "icloud.com",
        "live.com",
        "live.com.ar",
        "mail.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "outlook.com.ar",
        "outlook.es",
        "proton.me",
        "protonmail.com",
        "speedy.com.ar",
        "uolsinectis.com.ar",
        "yahoo.com",
        "yahoo.com.ar",
        "yahoo.es",
        "ymail.com",
    }
)


def normalise_domain(text: str) -> str:
    """Return a domain in lower case, without what people type around it: "@", "www.", spaces, a last dot."""
    return text.strip().lower().rpartition("@")[2].removeprefix("www.").rstrip(".")


def domain_of(email: str) -> str:
    """Return the domain of an address; empty when it has none."""
    return normalise_domain(email) if "@" in email else ""
