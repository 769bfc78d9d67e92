"""An identity provider on loopback, with the code flow, PKCE and signed tokens."""

import base64
import hashlib
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "cuofeng", "a secret of the tests"


class FakeProvider:
    """Says that whoever asks is ``name``; ``lies`` change what its tokens say."""

    def __init__(self):
        self.name, self.lies = "office", {}
        self.key = RSAKey.generate_key(2048, parameters={"kid": "1"})
        self.signs_with = self.key
        self.issuer, self.codes = "", {}
        self.app = Flask("provider")
        self.app.get("/.well-known/openid-configuration")(self._metadata)
        self.app.get("/authorize")(self._authorize)
        self.app.post("/token")(self._token)
        self.app.get("/keys")(self._keys)

    def _metadata(self):
        return jsonify(
            issuer=self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    def _authorize(self):
        asked = request.args
        assert asked["code_challenge_method"] == "S256"
        code = f"code{len(self.codes)}"
        self.codes[code] = (asked["code_challenge"], asked["nonce"])
        back = urlencode({"code": code, "state": asked["state"]})
        return redirect(f"{asked['redirect_uri']}?{back}")

    def _token(self):
        challenge, nonce = self.codes.pop(request.form["code"])
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
        assert request.authorization.username == CLIENT
        assert request.authorization.password == SECRET
        now = int(time.time())
        says = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "42",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "preferred_username": self.name,
            **self.lies,
        }
        head = {"alg": "RS256", "kid": "1"}
        token = jwt.encode(head, says, self.signs_with)
        return jsonify(access_token="x", token_type="Bearer", id_token=token)

    def _keys(self):
        public = self.key.as_dict(private=False)
        return jsonify(keys=[public | {"use": "sig", "alg": "RS256"}])


@contextmanager
def provider():
    """A provider that answers while the block lasts."""
    made = FakeProvider()
    server = make_server("127.0.0.1", 0, made.app, threaded=True)
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
