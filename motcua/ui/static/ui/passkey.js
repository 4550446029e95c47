// Passkeys: a form with data-passkey asks the browser for one, puts the answer into its hidden
// field and goes on like any form. Without this file the form is sent without an answer, and the
// server says what to do instead.

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const listed = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const made = async ({ publicKey }) => {
  const { response, id, type } = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials),
    },
  });
  return {
    id,
    rawId: id,
    type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
    },
  };
};

const proved = async ({ publicKey }) => {
  const { response, id, type } = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: listed(publicKey.allowCredentials),
    },
  });
  return {
    id,
    rawId: id,
    type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
};

const complain = (form, why) => {
  const told = form.querySelector("[data-passkey-error]");
  told.textContent = told.dataset[why];
  told.hidden = false;
};

const ask = async (form, submitter) => {
  if (!window.PublicKeyCredential) return complain(form, "missing");
  const options = JSON.parse(form.dataset.options);
  try {
    const answer = await (form.dataset.passkey === "create" ? made(options) : proved(options));
    form.elements.answer.value = JSON.stringify(answer);
  } catch {
    return complain(form, "cancelled");
  }
  form.requestSubmit(submitter);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    ask(form, event.submitter);
  });
}
