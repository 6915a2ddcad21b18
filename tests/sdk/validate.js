// What SuperTokens' own validators say of payloads.
//
// The first line of the input is {"now": milliseconds, "sets": [[question, …], …]}, a question being
// {"claim": key, "validator": name, "arguments": […]}. Every further line is a payload in base64url,
// as a token has it. For each, a line is written: for each set and each of its questions `null` where
// the payload is valid, the SDK's error where it is not, or {"thrown": message}.
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
  throw new Error(`supertokens-node ${version} is installed, and ${pinned} is asked for: run \`npm ci\``);
}

/** A list that stands by itself, read as the SDK reads its own: what is `null` is absent. */
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

/** The SDK's errors, or what it throws. */
async function errorsOf(validators, payload) {
  try {
    return { errors: await validateClaimsInPayload(validators, payload, {}) };
  } catch (error) {
    return { thrown: String(error.message) };
  }
}

/** The answers to the questions of one set. */
async function answersOf(validators, payload) {
  const answers = [];
  for (const validator of validators) {
    const { errors, thrown } = await errorsOf([validator], payload);
    answers.push(thrown === undefined ? (errors[0] ?? null) : { thrown });
  }
  const { errors } = await errorsOf(validators, payload);
  const inTurn = answers.filter((answer) => answer !== null);
  if (errors !== undefined && JSON.stringify(errors) !== JSON.stringify(inTurn)) {
    throw new Error("the errors of a set are not those of its validators in their order");
  }
  return answers;
}

async function main() {
  let sets;
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (sets === undefined) {
      const { now, sets: questions } = JSON.parse(line);
      Date.now = () => now;
      sets = questions.map((set) => set.map(validatorOf));
      continue;
    }
    const payload = JSON.parse(Buffer.from(line, "base64url").toString("utf8"));
    const answers = [];
    for (const validators of sets) {
      answers.push(await answersOf(validators, payload));
    }
    if (!process.stdout.write(JSON.stringify(answers) + "\n")) {
      await once(process.stdout, "drain");
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
