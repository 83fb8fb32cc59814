// Asks the browser for a passkey and sends what it answers by the form of the page. Without it the other ways in stay.
const form = document.querySelector("form[data-passkey]");

async function answer() {
  const options = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === "register") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ publicKey });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function ask(event) {
  event.preventDefault();
  try {
    const credential = await answer();
    form.elements.response.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    const told = document.querySelector("[data-passkey-trouble]");
    told.textContent = `The browser gave no passkey (${error.name}). Press again, or go back.`;
  }
}

form?.addEventListener("submit", ask);
