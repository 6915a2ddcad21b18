// Reads the fields of a request to the stand-in. A missing or malformed field is a 400, as in the core.
"use strict";

class Invalid extends Error {}

function text(input, name) {
  if (typeof input[name] !== "string") {
    throw new Invalid(`Field name '${name}' is invalid in JSON input`);
  }
  return input[name];
}

function object(input, name) {
  const value = input[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Invalid(`Field name '${name}' is invalid in JSON input`);
  }
  return value;
}

function whole(input, name) {
  if (!Number.isInteger(input[name])) {
    throw new Invalid(`Field name '${name}' is invalid in JSON input`);
  }
  return input[name];
}

function texts(input, name) {
  const value = input[name];
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
    throw new Invalid(`Field name '${name}' is invalid in JSON input`);
  }
  return value;
}

module.exports = { Invalid, object, text, texts, whole };
