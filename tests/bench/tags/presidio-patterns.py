"""Which kind most of a column's values are, by the pattern recognizers of presidio-analyzer: its language models are left out."""
import inspect
import json
import sys
import time

import tldextract
from presidio_analyzer import PatternRecognizer, predefined_recognizers

# Its list of domains comes with it; a newer one is not fetched.
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())

KINDS = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "CREDIT_CARD": "credit_card",
    "IBAN_CODE": "iban",
    "IP_ADDRESS": "ip_address",
    "MAC_ADDRESS": "mac_address",
    "US_SSN": "ssn",
    "US_BANK_NUMBER": "bank_account",
    "ABA_ROUTING_NUMBER": "bank_account",
    "US_DRIVER_LICENSE": "drivers_license",
    "IT_DRIVER_LICENSE": "drivers_license",
    "US_PASSPORT": "passport",
    "IT_PASSPORT": "passport",
    "IN_PASSPORT": "passport",
}
NATIONAL = (
    "US_ITIN UK_NHS UK_NINO ES_NIF ES_NIE IT_FISCAL_CODE IT_IDENTITY_CARD PL_PESEL SG_NRIC_FIN AU_TFN AU_MEDICARE "
    "IN_PAN IN_AADHAAR FI_PERSONAL_IDENTITY_CODE KR_RRN TH_TNIN"
).split()
KINDS.update({name: "national_id" for name in NATIONAL})


def recognizers():
    made = []
    for _, cls in inspect.getmembers(predefined_recognizers, inspect.isclass):
        if cls.__name__ != "PhoneRecognizer" and not issubclass(cls, PatternRecognizer):
            continue
        try:
            recognizer = cls()
        except Exception:  # some ask for settings or further packages
            continue
        if any(entity in KINDS for entity in recognizer.supported_entities):
            made.append(recognizer)
    return made


def kind_of(values, made):
    """The kind that most values are, when it is half of them, each by what covers most of it."""
    votes = {}
    for value in values:
        best = None
        for recognizer in made:
            for found in recognizer.analyze(value, recognizer.supported_entities, None) or []:
                kind = KINDS.get(found.entity_type)
                rank = (found.score, found.end - found.start)
                if kind and found.score >= 0.4 and (best is None or rank > best[0]):
                    best = (rank, kind)
        if best:
            votes[best[1]] = votes.get(best[1], 0) + 1
    kind = max(votes, key=votes.get, default=None)
    return kind if kind and votes[kind] * 2 >= len(values) else None


with open(sys.argv[1], encoding="utf8") as file:
    columns = json.load(file)
made = recognizers()
start = time.process_time()
pii = [kind_of(values, made) for values in columns]
seconds = time.process_time() - start
with open(sys.argv[2], "w", encoding="utf8") as file:
    json.dump({"pii": pii, "columnsPerSecond": len(columns) / seconds}, file)
