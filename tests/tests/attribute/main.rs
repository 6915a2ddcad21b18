//! Handlers that the attribute accepts. They compile without a warning in each form, and some are also called.

#![deny(warnings)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unreachable_pub,
    unused_qualifications,
    reason = "the handlers are as users write them"
)]

/// A handler for each requirement, and a test that they compile.
macro_rules! compiles {
    ($($name:ident: [$($requirement:tt)*])*) => {
        $(
            #[require_claims($($requirement)*)]
            async fn $name(event: Request) -> Response<Body> {
                Response::new(event.into_body())
            }
        )*

        #[test]
        fn compiles() {
            $(let _ = $name;)*
        }
    };
}

mod allowed_and_denied;
mod bodies;
mod borrowed_responses;
mod boxed_futures;
mod claim_values;
mod claims_parameters;
mod custom_claims;
mod event_types;
mod from_rejection;
mod generics;
mod impl_into_response;
mod items_named_like_variables;
mod macro_rules;
mod methods;
mod names_of_the_expansion;
mod non_send_futures;
mod on_reject;
mod other_attributes;
mod parameter_patterns;
mod plain_response;
mod renamed_crate;
mod result_aliases;
mod result_of_impl_into_response;
mod result_of_response;
mod send_futures;
mod several_attributes;
mod shadowed_prelude;
mod sync_functions;
mod trait_methods;
mod vocabulary;
