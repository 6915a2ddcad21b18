//! Stores the orders in memory. A real function would use a database.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// The body of a request to create an order.
#[derive(Debug, Deserialize)]
pub(crate) struct NewOrder {
    pub(crate) item: String,
    pub(crate) quantity: u32,
}

/// A stored order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Order {
    id: String,
    item: String,
    quantity: u32,
    status: Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Open,
    Cancelled,
}

/// The number of orders with each status.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Report {
    open: usize,
    cancelled: usize,
}

/// All orders by id.
#[derive(Debug)]
pub(crate) struct Store(Mutex<BTreeMap<String, Order>>);

impl Store {
    /// Creates a store with three orders, `1`, `2` and `3`.
    pub(crate) fn with_examples() -> Self {
        let store = Self(Mutex::default());
        for (item, quantity) in [("teapot", 1), ("cup", 6), ("saucer", 6)] {
            store.create(NewOrder {
                item: item.to_owned(),
                quantity,
            });
        }
        store
    }

    pub(crate) fn list(&self) -> Vec<Order> {
        self.orders().values().cloned().collect()
    }

    pub(crate) fn create(&self, new: NewOrder) -> Order {
        let mut orders = self.orders();
        let order = Order {
            id: (orders.len() + 1).to_string(),
            item: new.item,
            quantity: new.quantity,
            status: Status::Open,
        };
        orders.insert(order.id.clone(), order.clone());
        order
    }

    /// Cancels an order and returns it, or `None` if it does not exist. Cancelling twice is not an error.
    pub(crate) fn cancel(&self, id: &str) -> Option<Order> {
        let mut orders = self.orders();
        let order = orders.get_mut(id)?;
        order.status = Status::Cancelled;
        Some(order.clone())
    }

    pub(crate) fn report(&self) -> Report {
        let orders = self.orders();
        let cancelled = orders
            .values()
            .filter(|order| order.status == Status::Cancelled)
            .count();
        Report {
            open: orders.len() - cancelled,
            cancelled,
        }
    }

    fn orders(&self) -> MutexGuard<'_, BTreeMap<String, Order>> {
        // Each change is a single assignment or insertion, so a panic cannot leave an order half-written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn creates_lists_and_cancels_an_order() {
        let store = Store::with_examples();
        let order = store.create(NewOrder {
            item: "spoon".to_owned(),
            quantity: 2,
        });
        assert_eq!(order.id, "4");
        assert_eq!(store.list().last(), Some(&order));

        let cancelled = store.cancel("4").unwrap();
        assert_eq!(cancelled.status, Status::Cancelled);
        assert_eq!(store.cancel("4"), Some(cancelled));
        assert_eq!(store.cancel("5"), None);
        let report = Report {
            open: 3,
            cancelled: 1,
        };
        assert_eq!(store.report(), report);
    }
}
