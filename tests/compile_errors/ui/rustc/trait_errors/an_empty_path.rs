use require_claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim};

const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&[]);
const ACTIVE: BooleanClaim = BooleanClaim::at(&[]);
const PLAN: PrimitiveClaim = PrimitiveClaim::at(&[]);

fn main() {
    let _ = (ROLES, ACTIVE, PLAN);
}
