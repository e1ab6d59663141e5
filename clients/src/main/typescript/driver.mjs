// Runs the clients that the generator makes for TypeScript, compiled by their own settings. What a
// method takes is only in its source at run time, so the names of parameters and of the body's model
// are read there.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const [directory, url] = process.argv.slice(2);
const client = createRequire(import.meta.url)(resolve(directory));

const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The class of a tag: "External Accounts" is in ExternalAccountsApi. */
const className = (tag) =>
  (tag || 'default').split(' ').map((word) => word[0].toUpperCase() + word.slice(1)).join('') + 'Api';

function sourceOf(api, method) {
  const prototype = Object.getPrototypeOf(api);
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name === `${method}Raw` || name === `${method}RequestOpts`)
    .map((name) => prototype[name].toString())
    .join('\n');
}

function parameters(source, call) {
  const taken = new Set([...source.matchAll(/requestParameters\[['"](\w+)['"]\]/g)].map((match) => match[1]));
  const declared = new Map(Object.entries(call.declared).map(([name, format]) => [plain(name), { name, format }]));
  const found = {};
  for (const name of taken) {
    const known = declared.get(plain(name));
    if (known && known.name in call.parameters) {
      const value = call.parameters[known.name];
      found[name] = known.format.startsWith('date') ? new Date(value) : value;
    } else if (!known && call.body !== undefined) {
      const model = source.match(new RegExp(`(\\w+)ToJSON\\)?\\)?\\(requestParameters\\[['"]${name}['"]\\]`));
      found[name] = model ? client[`${model[1]}FromJSON`](call.body) : call.body;
    }
  }
  return found;
}

async function shown(value) {
  return value instanceof Blob ? value.text() : value ?? null;
}

async function heard(call) {
  // For OAuth the generator leaves the word before the token to whoever gives the token.
  const accessToken = (name, scopes) => (scopes.length > 0 ? `Bearer ${call.token}` : call.token);
  const configuration = new client.Configuration({ basePath: url, accessToken });
  const api = new client[className(call.tag)](configuration);
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(api));
  const method = names.find((name) => plain(name) === plain(call.operation));
  try {
    return { value: await shown(await api[method](parameters(sourceOf(api, method), call))) };
  } catch (failure) {
    return failure instanceof client.ResponseError
      ? { refused: failure.response.status }
      : { failed: String(failure.cause ?? failure) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`heard ${JSON.stringify(await heard(JSON.parse(line)))}\n`);
}
