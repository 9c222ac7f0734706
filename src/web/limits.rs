//! How often one address may call: generously everywhere, sparingly where passwords can be tried and letters sent.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::atomic::{AtomicU32, Ordering},
};

use actix_web::{
    Error as ActixError, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use uuid::Uuid;

use crate::{
    config::{Config, Switch},
    kernel::{Code, Error, Refusal, Result},
};

/// `POST` here is counted sparingly, with everything below it.
const SPARING: &[&str] = &["/api/v1/sessions", "/api/v1/members", "/api/v1/password-resets"];
/// Addresses that have long been quiet are forgotten every so many requests.
const FORGET_EVERY: u32 = 10_000;

/// The counters of this process.
pub struct Limits {
    counters: Option<Counters>,
    trusted: Vec<IpAddr>,
    asked: AtomicU32,
}

struct Counters {
    everywhere: DefaultKeyedRateLimiter<IpAddr>,
    sparing: DefaultKeyedRateLimiter<IpAddr>,
    refused: DefaultKeyedRateLimiter<IpAddr>,
    devices: DefaultKeyedRateLimiter<Uuid>,
}

impl Limits {
    /// The limits of the settings.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let limits = &config.limits;
        let counters = (config.rate_limits == Switch::On).then(|| Counters {
            everywhere: RateLimiter::keyed(Quota::per_second(limits.per_second).allow_burst(limits.burst)),
            sparing: RateLimiter::keyed(
                Quota::per_minute(limits.sign_in_per_minute).allow_burst(limits.sign_in_burst),
            ),
            refused: RateLimiter::keyed(
                Quota::per_minute(limits.sign_in_per_minute).allow_burst(limits.sign_in_burst),
            ),
            devices: RateLimiter::keyed(Quota::per_second(limits.per_second).allow_burst(limits.burst)),
        });
        Self { counters, trusted: limits.trusted_proxies.clone(), asked: AtomicU32::new(0) }
    }

    /// Counts a request of a device that was not believed. Those that are believed never wait for a neighbour behind the
    /// same address: one broken device must not stop a whole lab.
    ///
    /// # Errors
    /// `too_many_tries` when this address was refused too often.
    pub fn refused(&self, request: &HttpRequest) -> Result<()> {
        match (&self.counters, self.address(request)) {
            (Some(counters), Some(address)) => take(&counters.refused, &address),
            _ => Ok(()),
        }
    }

    /// Counts a request of a device that asks to be paired: as sparingly as a sign-in.
    ///
    /// # Errors
    /// `too_many_tries` when this address asked too often.
    pub fn introduced(&self, request: &HttpRequest) -> Result<()> {
        match (&self.counters, self.address(request)) {
            (Some(counters), Some(address)) => take(&counters.sparing, &address),
            _ => Ok(()),
        }
    }

    /// Counts a request of a device that was believed.
    ///
    /// # Errors
    /// `too_many_tries` when it asks more often than any device needs to.
    pub fn believed(&self, device: Uuid) -> Result<()> {
        self.counters.as_ref().map_or(Ok(()), |counters| take(&counters.devices, &device))
    }

    /// The address to count something by that lasts; nothing where nothing is counted.
    #[must_use]
    pub fn counted(&self, request: &HttpRequest) -> Option<IpAddr> {
        self.counters.as_ref().and_then(|_| self.address(request))
    }

    fn ask(&self, request: &ServiceRequest) -> Result<()> {
        // The path as the routes read it: `%61` is an `a`.
        let path = request.match_info().as_str();
        let Some(counters) = self.counters.as_ref().filter(|_| path.starts_with("/api/v1")) else {
            return Ok(());
        };
        let Some(address) = self.address(request.request()) else { return Ok(()) };
        if self.asked.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            counters.everywhere.retain_recent();
            counters.sparing.retain_recent();
            counters.refused.retain_recent();
            counters.devices.retain_recent();
        }
        take(&counters.everywhere, &address)?;
        if request.method() == Method::POST && sparing(path) {
            take(&counters.sparing, &address)
        } else {
            Ok(())
        }
    }

    /// The address of the caller; behind a proxy we trust, the last one in `X-Forwarded-For` that is not a proxy.
    fn address(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?.ip();
        if !self.trusted.contains(&peer) {
            return Some(household(peer));
        }
        let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
        let chain: Vec<IpAddr> = forwarded
            .flat_map(|value| value.split(','))
            .filter_map(|text| text.trim().parse().ok())
            .collect();
        Some(household(chain.into_iter().rev().find(|hop| !self.trusted.contains(hop)).unwrap_or(peer)))
    }
}

/// One household holds a whole /64 of IPv6 addresses.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
}

fn sparing(path: &str) -> bool {
    SPARING.iter().any(|watched| {
        path.strip_prefix(watched).is_some_and(|rest| {
            rest.is_empty()
                || rest == "/confirmations"
                || (rest.starts_with('/') && *watched != "/api/v1/members")
        })
    })
}

fn take<Who: Hash + Eq + Clone>(counter: &DefaultKeyedRateLimiter<Who>, who: &Who) -> Result<()> {
    counter.check_key(who).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        Error::from(Refusal::new(Code::TooManyTries).retry_after(wait.as_secs() + 1))
    })
}

/// The middleware.
pub async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, ActixError> {
    let verdict = match request.app_data::<Data<Limits>>() {
        Some(limits) => limits.ask(&request),
        None => Ok(()),
    };
    match verdict {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(refused) => Ok(request.error_response(refused)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Limits, sparing};
    use crate::config::Config;

    fn limits(trusted: &str) -> Limits {
        let mut config = Config::usual().unwrap();
        config.limits.sign_in_burst = 2.try_into().unwrap();
        config.limits.trusted_proxies = trusted.split(',').filter_map(|text| text.parse().ok()).collect();
        Limits::new(&config)
    }

    fn sign_in(limits: &Limits, peer: &str, forwarded: &str) -> bool {
        let request = TestRequest::post()
            .uri("/api/v1/sessions")
            .peer_addr(peer.parse().unwrap())
            .insert_header(("X-Forwarded-For", forwarded));
        limits.ask(&request.to_srv_request()).is_ok()
    }

    #[test]
    fn passwords_are_tried_sparingly_and_each_address_counts_by_itself() {
        let limits = limits("");
        let tries: Vec<bool> = (0..3).map(|_| sign_in(&limits, "192.0.2.1:1", "192.0.2.99")).collect();
        assert_eq!(tries, [true, true, false]);
        assert!(sign_in(&limits, "192.0.2.2:1", ""));
        assert!(sign_in(&limits, "[2001:db8::1]:1", "") && sign_in(&limits, "[2001:db8::2]:1", ""));
        assert!(!sign_in(&limits, "[2001:db8::3]:1", ""));
    }

    #[test]
    fn only_a_trusted_proxy_speaks_for_others() {
        let limits = limits("192.0.2.1");
        for caller in 0..9 {
            assert!(sign_in(&limits, "192.0.2.1:1", &format!("203.0.113.7, 198.51.100.{caller}")));
        }
        assert!((0..3).any(|_| !sign_in(&limits, "192.0.2.5:1", "198.51.100.200")));
    }

    #[test]
    fn what_lasts_is_counted_by_the_visitor_and_not_by_the_proxy() {
        let from = |limits: &Limits, peer: &str| {
            let request = TestRequest::get().peer_addr(peer.parse().unwrap());
            limits.counted(&request.insert_header(("X-Forwarded-For", "198.51.100.7")).to_http_request())
        };
        let limits = limits("192.0.2.1");
        assert_eq!(from(&limits, "192.0.2.1:1"), "198.51.100.7".parse().ok());
        assert_eq!(from(&limits, "192.0.2.5:1"), "192.0.2.5".parse().ok());
    }

    #[test]
    fn an_address_in_disguise_is_counted_all_the_same() {
        let limits = limits("");
        let ask = |path: &str| {
            let request = TestRequest::post().uri(path).peer_addr("192.0.2.1:1".parse().unwrap());
            limits.ask(&request.to_srv_request()).is_ok()
        };
        let paths = ["/api/v1/sessions", "/api/v1/%73essions", "/%61pi/v1/sessions", "/api/v1/sess%69ons"];
        assert_eq!(paths.map(ask), [true, true, false, false]);
    }

    #[test]
    fn staff_work_is_not_counted_as_sign_ups() {
        assert!(sparing("/api/v1/members") && sparing("/api/v1/password-resets/abc"));
        assert!(!sparing("/api/v1/members/ada/memberships") && !sparing("/api/v1/machines"));
    }
}
