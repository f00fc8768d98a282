"""Signs with a key that never leaves its device. Needs python-pkcs11; loaded only when SIGNING_KEY names a device."""

from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from .signing import signed_by


def signed(data, device, pin):
    """The other certificates that the device holds go with it. We hash: not every device does."""
    with open_pkcs11_session(device.module, token_criteria=TokenCriteria(device.token), user_pin=pin) as session:
        signer = PKCS11Signer(session, device.label, other_certs_to_pull=None, use_raw_mechanism=True)
        return signed_by(data, signer)
