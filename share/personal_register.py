"""What this app keeps about people, one entry for each model: the page "Mis datos" is made of these."""

from portal.accounts.personal_data import PersonalModel

PERSONAL_MODELS: list[PersonalModel] = []
