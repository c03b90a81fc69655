// Talks to a server with other people's clients: graphql-ws, and graphql-sse in both of its modes.
//   node protocols.mjs http://127.0.0.1:7420/graphql '{ __typename }' 'subscription { … }' ITEMS
// The subscription must end by itself after ITEMS results. Prints one line per check; ends with 1 if any failed.

import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';
import WebSocket from 'ws';

const [url, query, subscription, items] = process.argv.slice(2);
if (!items) {
  console.error('usage: node protocols.mjs URL QUERY SUBSCRIPTION ITEMS');
  process.exit(2);
}

/** All results of one operation. */
function results(client, document) {
  return new Promise((resolve, reject) => {
    const seen = [];
    const sink = { next: (result) => seen.push(result), error: reject, complete: () => resolve(seen) };
    client.subscribe({ query: document }, sink);
  });
}

const clients = {
  'graphql-ws': createWs({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 }),
  'graphql-sse, distinct connections': createSse({ url, retryAttempts: 0 }),
  'graphql-sse, single connection': createSse({ url, singleConnection: true, retryAttempts: 0 }),
};

let failed = 0;
function check(name, holds) {
  console.log(`${holds ? 'ok' : 'FAILED'} ${name}`);
  failed += holds ? 0 : 1;
}

for (const [name, client] of Object.entries(clients)) {
  const one = await results(client, query);
  check(`${name}: a query`, one.length === 1 && one[0].data && !one[0].errors);
  const all = await results(client, subscription);
  check(`${name}: a subscription`, all.length === Number(items) && all.every((result) => !result.errors));
  const [again, other] = await Promise.all([results(client, subscription), results(client, subscription)]);
  check(`${name}: two at once`, again.length === Number(items) && other.length === Number(items));
  let invalid = 0;
  await results(client, '{ noSuchFieldAnywhere }').then(
    (seen) => (invalid += seen.filter((result) => result.errors).length),
    () => (invalid += 1),
  );
  check(`${name}: an invalid document is refused`, invalid === 1);
  client.dispose();
}
process.exit(failed === 0 ? 0 : 1);
