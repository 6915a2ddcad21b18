// Starts the stand-in for SuperTokens' core, and prints its address.
//
// Usage: node tests/sdk/core/main.js [PORT]
//
// It is for tests and for trying the examples: it is not SuperTokens' core, keeps everything in memory, and knows
// only the endpoints that `examples/supertokens/backend` needs. It stops with an interrupt.
"use strict";

const { start } = require("./server");

const port = Number(process.argv[2] ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`expected a port from 0 to 65535, found \`${process.argv[2]}\``);
  process.exit(2);
}

start(port).then(
  ({ url }) => console.log(`stand-in for SuperTokens' core: ${url}`),
  (error) => {
    console.error(`the stand-in cannot listen on port ${port}: ${error.message}`);
    process.exit(1);
  },
);
