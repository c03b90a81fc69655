// The explorer: an editor, a runner and a reader of the schema, against the server it came from.
// The bearer token lives in this page's memory only and is gone with the page. Text from the server
// is only ever set as text, never as markup.

const ENDPOINT = '/graphql';
const RESULTS_SHOWN_MAX = 200;

const $ = (id) => document.getElementById(id);

/** An element with properties and children; a string child is text. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// ---- Requests -----------------------------------------------------------------------------------

function headers(accept) {
  const token = $('token').value.trim();
  const base = { 'content-type': 'application/json', accept };
  return token ? { ...base, authorization: `Bearer ${token}` } : base;
}

/** Sends one operation and hands each result to `seen`: one for a query, many for a subscription. */
async function operate(body, seen, signal) {
  // A query comes back whole, a subscription as events: the server chooses by what the operation is.
  const accept = 'application/graphql-response+json, text/event-stream;q=0.9';
  const options = { method: 'POST', headers: headers(accept), body: JSON.stringify(body), signal };
  const response = await fetch(ENDPOINT, options);
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    await events(response.body, seen);
  } else {
    seen(await response.json());
  }
  return response;
}

/** Reads server-sent events until `complete` or the end of the stream. */
async function events(stream, seen) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the server closed the stream');
    unread += value;
    const parts = unread.split('\n\n');
    unread = parts.pop();
    for (const part of parts) {
      const lines = part.split('\n');
      const event = lines.find((line) => line.startsWith('event:'))?.slice(6).trim();
      if (event === 'complete') return;
      const data = lines.find((line) => line.startsWith('data:'));
      if (event === 'next' && data) seen(JSON.parse(data.slice(5)));
    }
  }
}

async function query(document, variables) {
  let result;
  await operate({ query: document, variables }, (seen) => { result = seen; });
  if (result.errors) throw new Error(result.errors.map((error) => error.message).join('; '));
  return result.data;
}

// ---- Running ------------------------------------------------------------------------------------

let running = null;

function show(text, failed = false) {
  $('result').textContent = text;
  $('result').className = failed ? 'failed' : '';
}

function variables() {
  const text = $('variables').value.trim();
  if (!text) return {};
  const parsed = JSON.parse(text);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error('must be an object');
  return parsed;
}

async function run() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  let given;
  try {
    given = variables();
  } catch (error) {
    show(`Variables: ${error.message}`, true);
    return;
  }
  const results = [];
  let count = 0;
  const began = performance.now();
  const operationName = $('operation-name').value.trim() || null;
  $('stop').disabled = false;
  $('status').textContent = 'running';
  const seen = (result) => {
    count += 1;
    results.push(JSON.stringify(result, null, 2));
    if (results.length > RESULTS_SHOWN_MAX) results.shift();
    show(results.join('\n\n'), Boolean(result.errors));
    $('status').textContent = `${count} result${count === 1 ? '' : 's'}`;
  };
  try {
    const response = await operate({ query: $('query').value, variables: given, operationName }, seen, mine.signal);
    const took = Math.round(performance.now() - began);
    if (running === mine) $('status').textContent = `${response.status}, ${took} ms, ${count} result${count === 1 ? '' : 's'}`;
  } catch (error) {
    if (running !== mine) return;
    if (mine.signal.aborted) $('status').textContent = `stopped after ${count}`;
    else show(`${results.join('\n\n')}\n${error.message}`, true);
  } finally {
    if (running === mine) $('stop').disabled = true;
  }
}

/** Offers the operations the document names. */
function names() {
  const found = $('query').value.matchAll(/\b(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/g);
  $('operations').replaceChildren(...[...found].map((match) => element('option', { value: match[1] })));
}

// ---- Signing in ---------------------------------------------------------------------------------

const SIGN_IN = `mutation SignIn($login: String!, $password: String!) {
  signIn(input: { login: $login, password: $password }) { token }
}`;

async function signIn(event) {
  event.preventDefault();
  const given = { login: $('login').value, password: $('password').value };
  try {
    const { signIn: payload } = await query(SIGN_IN, given);
    $('token').value = payload.token ?? '';
    $('who').textContent = payload.token ? 'signed in' : 'refused';
    if (payload.token) learn();
  } catch (error) {
    $('who').textContent = error.message;
  }
  $('password').value = '';
}

// ---- The schema ---------------------------------------------------------------------------------

const TYPE_DEEP = 'kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }';
const INPUT = `name description defaultValue type { ${TYPE_DEEP} }`;
const INTROSPECTION = `{ __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types {
    kind name description specifiedByURL
    fields(includeDeprecated: true) { name description isDeprecated deprecationReason args { ${INPUT} } type { ${TYPE_DEEP} } }
    inputFields { ${INPUT} }
    interfaces { name } possibleTypes { name }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  } } }`;

let schema = null;
const trail = [];

/** A type as it is written, its name a button that leads to it. */
function typeOf(type) {
  if (type.kind === 'NON_NULL') return [...typeOf(type.ofType), '!'];
  if (type.kind === 'LIST') return ['[', ...typeOf(type.ofType), ']'];
  return [link(type.name)];
}

function link(name) {
  return element('button', { type: 'button', className: 'type', onclick: () => visit(name) }, name);
}

function argumentsOf(args) {
  if (!args?.length) return [];
  const each = args.map((arg, at) => [at ? ', ' : '', `${arg.name}: `, ...typeOf(arg.type), arg.defaultValue ? ` = ${arg.defaultValue}` : '']);
  return ['(', ...each.flat(), ')'];
}

function entry(member) {
  const title = element('dt', {}, element('span', { className: member.isDeprecated ? 'deprecated' : '' }, member.name));
  title.append(...argumentsOf(member.args), ...(member.type ? [': ', ...typeOf(member.type)] : []));
  const notes = [member.description, member.deprecationReason && `Deprecated: ${member.deprecationReason}`];
  return [title, ...notes.filter(Boolean).map((note) => element('dd', {}, note))];
}

function list(title, members) {
  if (!members?.length) return [];
  return [element('h3', {}, title), element('dl', {}, ...members.flatMap(entry))];
}

function links(title, types) {
  if (!types?.length) return [];
  return [element('h3', {}, title), element('p', {}, ...types.flatMap((type, at) => [at ? ', ' : '', link(type.name)]))];
}

function drawType(type) {
  $('page').replaceChildren(
    element('h3', {}, `${type.name} (${type.kind.toLowerCase().replace('_', ' ')})`),
    element('p', {}, type.description ?? ''),
    ...(type.specifiedByURL ? [element('p', {}, `As specified by ${type.specifiedByURL}`)] : []),
    ...links('Implements', type.interfaces),
    ...links('Is one of', type.possibleTypes),
    ...list('Fields', type.fields),
    ...list('Input fields', type.inputFields),
    ...list('Values', type.enumValues),
  );
}

function drawRoots() {
  const roots = [schema.queryType, schema.mutationType, schema.subscriptionType].filter(Boolean);
  const rest = schema.types.filter((type) => !type.name.startsWith('__') && !roots.some((root) => root.name === type.name));
  rest.sort((a, b) => a.name.localeCompare(b.name));
  $('page').replaceChildren(...links('Operations', roots), ...links('Types', rest));
}

function visit(name) {
  trail.push(name);
  draw();
}

function draw() {
  if (!schema) return;
  $('back').disabled = trail.length === 0;
  const type = schema.types.find((each) => each.name === trail.at(-1));
  if (type) drawType(type);
  else drawRoots();
}

function find() {
  const wanted = $('search').value.trim().toLowerCase();
  if (!wanted || !schema) return draw();
  const found = [];
  for (const type of schema.types) {
    if (type.name.toLowerCase().includes(wanted)) found.push(element('dt', {}, link(type.name)));
    for (const member of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
      if (member.name.toLowerCase().includes(wanted)) found.push(element('dt', {}, link(type.name), `.${member.name}`));
    }
  }
  $('page').replaceChildren(element('dl', {}, ...found.slice(0, RESULTS_SHOWN_MAX)));
}

async function learn() {
  try {
    schema = (await query(INTROSPECTION, {})).__schema;
    draw();
  } catch (error) {
    $('page').textContent = `The schema could not be read: ${error.message}`;
  }
}

// ---- Start --------------------------------------------------------------------------------------

$('query').value = '# Ctrl-Enter runs the operation.\nquery Types {\n  __schema {\n    queryType { name fields { name description } }\n  }\n}\n';
$('run').addEventListener('click', run);
$('stop').addEventListener('click', () => running?.abort());
$('sign-in').addEventListener('submit', signIn);
$('token').addEventListener('change', learn);
$('query').addEventListener('input', names);
$('search').addEventListener('input', find);
$('back').addEventListener('click', () => { trail.pop(); $('search').value = ''; draw(); });
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  run();
});
names();
learn();
