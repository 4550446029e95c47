// An application that signs people in with npm's openid-client. Commands come as requests from the test:
// /begin?issuer&client_id&client_secret answers the address to send the browser to, /back is where
// the browser returns. Prints its origin when it listens.

import { createServer } from "node:http";

import * as oidc from "openid-client";

let waiting = null;

async function begin(said, origin) {
  const config = await oidc.discovery(
    new URL(said.get("issuer")), said.get("client_id"), said.get("client_secret"), undefined,
    { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
  );
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  waiting = { config, verifier, state, nonce };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: `${origin}/back`,
    scope: "openid profile birthdate",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  return { url: url.href };
}

async function back(address, origin) {
  const { config, verifier, state, nonce } = waiting;
  const first = await oidc.authorizationCodeGrant(config, address, {
    pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
  });
  const claims = first.claims();
  const person = await oidc.fetchUserInfo(config, first.access_token, claims.sub);
  const second = await oidc.refreshTokenGrant(config, first.refresh_token);
  const known = await oidc.tokenIntrospection(config, second.access_token);
  const leave = oidc.buildEndSessionUrl(config, {
    post_logout_redirect_uri: `${origin}/gone`, id_token_hint: second.id_token, state: "bye",
  });
  await oidc.tokenRevocation(config, second.refresh_token);
  const after = await oidc.tokenIntrospection(config, second.access_token);
  return {
    claims, person, known, renewed: second.claims(), leave: leave.href, revoked: !after.active,
  };
}

const server = createServer(async (request, response) => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const address = new URL(request.url, origin);
  try {
    const answer = address.pathname === "/begin"
      ? await begin(address.searchParams, origin)
      : await back(address, origin);
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  } catch (problem) {
    const told = { error: String(problem), cause: String(problem.cause ?? "") };
    response.writeHead(500, { "Content-Type": "application/json" }).end(JSON.stringify(told));
  }
});

server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ origin: `http://127.0.0.1:${server.address().port}` }));
});
