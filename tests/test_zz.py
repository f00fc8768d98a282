import pytest
@pytest.mark.parametrize("l",["fr","nl"])
def test_x(db, client, l):
    r=client.get(f"/{l}/"); print(r.status_code); assert r.status_code==200
