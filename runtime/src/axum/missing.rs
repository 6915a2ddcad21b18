//! What the attribute writes for a handler of axum, without the feature `axum`: an error.

/// Reports the missing feature. The guard is a type that axum accepts, so that rustc does not report the routes, too.
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_guard {
    ($vis:vis struct $guard:ident {} $handler:ident $($check:tt)*) => {
        $crate::__axum_guard!($handler);
        $vis type $guard = ();
    };
    ($vis:vis struct $guard:ident { $($fields:tt)+ } $handler:ident $($check:tt)*) => {
        $crate::__axum_guard!($handler);
        $vis struct $guard { $($fields)+ }
    };
    ($handler:ident) => {
        ::core::compile_error!(::core::concat!(
            "`", ::core::stringify!($handler), "` has no event argument or the option `axum`, so it is a handler of \
             axum; enable the feature `axum` of `require-claims`, or name the event: `event: Request`"
        ));
    };
}
