// Runs SuperTokens' validation of OAuth 2 access tokens on payloads.
//
// The first line of the input is {"sets": [{"clientId": …, "scopes": […], "audience": …}, …]}; each of the
// three may be missing. Every further line is a payload in base64url. The program signs a token with this
// payload, and writes a line: for each set, `null` if the token is valid, and the SDK's message if it is not.
//
// The key pair is made here, and the SDK finds it without a request to SuperTokens' core.
"use strict";

const { generateKeyPairSync } = require("node:crypto");
const { once } = require("node:events");
const readline = require("node:readline");

const jose = require("jose");
const combinedKeys = require("supertokens-node/lib/build/combinedRemoteJWKSet");
const supertokens = require("supertokens-node");
const OAuth2Provider = require("supertokens-node/recipe/oauth2provider");
const Session = require("supertokens-node/recipe/session");
const { version } = require("supertokens-node/lib/build/version");

const pinned = require("./package.json").dependencies["supertokens-node"];
if (version !== pinned) {
  throw new Error(`supertokens-node ${version} is installed instead of ${pinned}; run \`npm ci\``);
}

// SuperTokens signs with RS256, too.
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const kid = "key-1";
const keys = jose.createLocalJWKSet({ keys: [{ ...publicKey.export({ format: "jwk" }), kid, alg: "RS256" }] });
combinedKeys.getCombinedJWKS = () => keys;

/** The SDK treats every other message as a denial, too; these would be mistakes of this program. */
const MISTAKES = ["ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "ERR_JWKS_NO_MATCHING_KEY", "ERR_JWT_EXPIRED"];

function init() {
  supertokens.init({
    supertokens: { connectionURI: "http://127.0.0.1:1" },
    appInfo: { appName: "orders", apiDomain: "https://api.example.com", websiteDomain: "https://example.com" },
    recipeList: [Session.init(), OAuth2Provider.init()],
  });
}

/** The gateway checks these times, and the generated ones are in the past. */
function signed(payload) {
  const { exp, nbf, ...claims } = payload;
  return new jose.SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
}

async function resultOf(token, requirements) {
  try {
    await OAuth2Provider.validateOAuth2AccessToken(token, requirements, false);
    return null;
  } catch (error) {
    if (MISTAKES.includes(error.code)) {
      throw error;
    }
    return String(error.message);
  }
}

async function main() {
  init();
  let sets;
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (sets === undefined) {
      sets = JSON.parse(line).sets;
      continue;
    }
    const token = await signed(JSON.parse(Buffer.from(line, "base64url").toString("utf8")));
    const results = [];
    for (const requirements of sets) {
      results.push(await resultOf(token, requirements));
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
