// The stand-in's roles: their permissions, and the users that have them.
"use strict";

const { text, texts } = require("./input");

function roleEndpoints() {
  const permissionsOf = new Map();
  const rolesOf = new Map();
  return {
    "PUT /recipe/role": (input) => {
      const role = text(input, "role");
      const permissions = permissionsOf.get(role) ?? new Set();
      const createdNewRole = !permissionsOf.has(role);
      for (const permission of input.permissions === undefined ? [] : texts(input, "permissions")) {
        permissions.add(permission);
      }
      permissionsOf.set(role, permissions);
      return { status: "OK", createdNewRole };
    },
    "GET /recipe/role/permissions": (input) => {
      const permissions = permissionsOf.get(text(input, "role"));
      return permissions === undefined
        ? { status: "UNKNOWN_ROLE_ERROR" }
        : { status: "OK", permissions: [...permissions] };
    },
    "PUT /recipe/user/role": (input) => {
      const [userId, role] = [text(input, "userId"), text(input, "role")];
      if (!permissionsOf.has(role)) {
        return { status: "UNKNOWN_ROLE_ERROR" };
      }
      const roles = rolesOf.get(userId) ?? new Set();
      const didUserAlreadyHaveRole = roles.has(role);
      rolesOf.set(userId, roles.add(role));
      return { status: "OK", didUserAlreadyHaveRole };
    },
    "POST /recipe/user/role/remove": (input) => {
      const [userId, role] = [text(input, "userId"), text(input, "role")];
      if (!permissionsOf.has(role)) {
        return { status: "UNKNOWN_ROLE_ERROR" };
      }
      return { status: "OK", didUserHaveRole: rolesOf.get(userId)?.delete(role) ?? false };
    },
    "GET /recipe/user/roles": (input) => ({
      status: "OK",
      roles: [...(rolesOf.get(text(input, "userId")) ?? [])],
    }),
  };
}

module.exports = { roleEndpoints };
