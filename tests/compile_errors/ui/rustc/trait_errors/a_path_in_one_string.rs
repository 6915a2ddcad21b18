use require_claims::PrimitiveArrayClaim;

const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::at("realm_access.roles");

fn main() {
    let _ = ROLES;
}
