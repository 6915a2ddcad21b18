// Runs SuperTokens' validators on payloads.
//
// The first line of the input is {"now": milliseconds, "sets": [[validation, …], …]}. A validation is
// {"claim": key, "validator": name, "arguments": […]}. Every further line is a payload in base64url, as in
// a token. For each payload, the program writes a line: for each validation of each set, `null` if the
// payload is valid, the SDK's error if it is not, or {"thrown": message}.
"use strict";

const { once } = require("node:events");
const readline = require("node:readline");

const { EmailVerificationClaim } = require("supertokens-node/recipe/emailverification");
const { MultiFactorAuthClaim } = require("supertokens-node/recipe/multifactorauth");
const { BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim } = require("supertokens-node/recipe/session/claims");
const { PermissionClaim, UserRoleClaim } = require("supertokens-node/recipe/userroles");
const { validateClaimsInPayload } = require("supertokens-node/lib/build/recipe/session/utils");
const { version } = require("supertokens-node/lib/build/version");

const pinned = require("./package.json").dependencies["supertokens-node"];
if (version !== pinned) {
  throw new Error(`supertokens-node ${version} is installed instead of ${pinned}; run \`npm ci\``);
}

/** A bare list. As in the SDK's own claims, `null` is absent. */
class BareArrayClaim extends PrimitiveArrayClaim {
  getValueFromPayload(payload) {
    return payload[this.key] ?? undefined;
  }
  getLastRefetchTime() {
    return undefined;
  }
}

const ofKey = (key) => ({ key, fetchValue: () => undefined });

const CLAIMS = [
  EmailVerificationClaim,
  UserRoleClaim,
  PermissionClaim,
  MultiFactorAuthClaim,
  new BooleanClaim(ofKey("2fa-completed")),
  new PrimitiveClaim(ofKey("plan")),
  new PrimitiveClaim(ofKey("seats")),
  new BareArrayClaim(ofKey("groups")),
];

function validatorOf({ claim: key, validator, arguments: values }) {
  const claim = CLAIMS.find((claim) => claim.key === key);
  return claim.validators[validator](...values);
}

/** The SDK's errors, or the message of its exception. */
async function errorsOf(validators, payload) {
  try {
    return { errors: await validateClaimsInPayload(validators, payload, {}) };
  } catch (error) {
    return { thrown: String(error.message) };
  }
}

/** The results of the validations of one set. */
async function resultsOf(validators, payload) {
  const results = [];
  for (const validator of validators) {
    const { errors, thrown } = await errorsOf([validator], payload);
    results.push(thrown === undefined ? (errors[0] ?? null) : { thrown });
  }
  const { errors } = await errorsOf(validators, payload);
  const oneByOne = results.filter((answer) => answer !== null);
  if (errors !== undefined && JSON.stringify(errors) !== JSON.stringify(oneByOne)) {
    throw new Error("the errors of a set differ from those of its validators");
  }
  return results;
}

async function main() {
  let sets;
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (sets === undefined) {
      const { now, sets: validations } = JSON.parse(line);
      Date.now = () => now;
      sets = validations.map((set) => set.map(validatorOf));
      continue;
    }
    const payload = JSON.parse(Buffer.from(line, "base64url").toString("utf8"));
    const results = [];
    for (const validators of sets) {
      results.push(await resultsOf(validators, payload));
    }
    if (!process.stdout.write(JSON.stringify(results) + "\n")) {
      await once(process.stdout, "drain");
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
