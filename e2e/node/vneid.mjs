// VNeID played by a certified OpenID provider: what the stand-in in Python is held against.
//
// Told on its command line: {client, people, organisations}. Prints one line, {origin, issuer},
// when it answers. POST /control {mode} puts it out of order, {rotate: true} changes its key.

import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const told = JSON.parse(process.argv[2]);
const people = new Map(told.people.map((person) => [person.key, person]));
const CLAIMS = [
  'TechID', 'LoaiTaiKhoan', 'HoVaTen', 'SoDinhDanh', 'NgayThangNamSinh', 'MucDoDinhDanh',
  'TenToChuc', 'MaSoThue', 'loginIdp',
];

let mode = 'normal';
const keys = [newKey()];
const kept = new Map(); // what the provider remembers; outlives a change of keys

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

class Memory {
  constructor(kind) { this.kind = kind; }
  place(id) { return `${this.kind}/${id}`; }
  async upsert(id, payload) { kept.set(this.place(id), payload); }
  async find(id) {
    if (mode === 'expired_code' && this.kind === 'AuthorizationCode') return undefined;
    return kept.get(this.place(id));
  }
  async findByUid(uid) {
    return [...kept.values()].find((payload) => payload.kind === 'Session' && payload.uid === uid);
  }
  async findByUserCode() { return undefined; }
  async consume(id) { kept.get(this.place(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { kept.delete(this.place(id)); }
  async revokeByGrantId(grantId) {
    for (const [place, payload] of kept) if (payload.grantId === grantId) kept.delete(place);
  }
}

function subject(ctx, key, client) {
  return createHash('sha256').update(`${client.clientId}|${key}`).digest('hex').slice(0, 32);
}

async function findAccount(ctx, key) {
  const person = people.get(key);
  return person && { accountId: key, claims: async () => ({ sub: key, ...person.claims }) };
}

// Whoever chose a person at VNeID has agreed to tell who they are.
async function loadExistingGrant(ctx) {
  const grant = new ctx.oidc.provider.Grant({
    clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
  });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

function provider(issuer) {
  const made = new Provider(issuer, {
    adapter: Memory,
    clients: [{
      client_id: told.client.id,
      client_secret: told.client.secret,
      redirect_uris: told.client.redirect_uris,
      post_logout_redirect_uris: told.client.logout_uris,
      subject_type: 'pairwise',
      require_auth_time: true,
    }],
    acrValues: ['1', '2'],
    claims: { openid: ['sub'], profile: CLAIMS },
    conformIdTokenClaims: true,
    cookies: { keys: ['only for tests'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
    },
    findAccount,
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    jwks: { keys },
    loadExistingGrant,
    pairwiseIdentifier: subject,
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid', 'profile'],
    subjectTypes: ['pairwise'],
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 300,
      Session: 300 },
  });
  made.use(misbehave);
  return made;
}

async function misbehave(ctx, next) {
  await next();
  const { route } = ctx.oidc ?? {};
  if (route === 'userinfo' && mode === 'other_subject') ctx.body.sub = 'somebody-else';
  if (route === 'userinfo' && mode === 'level_differs') ctx.body.MucDoDinhDanh = '1';
  if (route === 'token' && mode === 'wrong_signature' && ctx.body.id_token) {
    const [header, payload] = ctx.body.id_token.split('.');
    ctx.body.id_token = `${header}.${payload}.${Buffer.alloc(256, 1).toString('base64url')}`;
  }
}

function choice(uid, details) {
  const rows = [...people.values()].map((person) => (
    `<li><a href="/interaction/${uid}/chon?who=${person.key}"><strong>${person.name}</strong></a></li>`
  ));
  return `<!doctype html><html lang="vi"><title>VNeID</title><h1>${details.prompt.name}</h1>
<ul>${rows.join('')}</ul>
<a class="button button--quiet" href="/interaction/${uid}/chon">Từ chối</a></html>`;
}

async function interaction(request, response, url) {
  const [, , uid, chosen] = url.pathname.split('/');
  const details = await current.interactionDetails(request, response);
  if (!chosen) {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(choice(uid, details));
    return;
  }
  const person = people.get(url.searchParams.get('who'));
  const result = person
    ? { login: { accountId: person.key, acr: person.claims.MucDoDinhDanh, remember: false } }
    : { error: 'access_denied', error_description: 'the person said no' };
  await current.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function control(request, response) {
  let body = '';
  for await (const piece of request) body += piece;
  const asked = JSON.parse(body);
  mode = asked.mode ?? mode;
  if (asked.rotate) {
    keys.unshift(newKey());
    keys.splice(2);
    current = provider(issuer);
  }
  response.end('{}');
}

let current;
let issuer;
const server = createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  try {
    if (url.pathname === '/control') await control(request, response);
    else if (mode === 'down') response.writeHead(503).end();
    else if (url.pathname.startsWith('/interaction/')) await interaction(request, response, url);
    else current.callback()(request, response);
  } catch (problem) {
    response.writeHead(400).end(String(problem));
  }
});
server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  current = provider(issuer);
  process.stdout.write(`${JSON.stringify({ origin: issuer, issuer })}\n`);
});
