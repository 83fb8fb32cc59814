// Text as HTML, safe as the content of an element and of an attribute in quotes.

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const special = /[&<>"']/;

export function escapeHtml(text: string): string {
  return special.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign]!) : text;
}
