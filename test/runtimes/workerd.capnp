using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    ( name = "main", worker = .worker ),
    # By default it reaches public addresses only, and the suite's server is on 127.0.0.1.
    ( name = "internet", network = ( allow = ["local"] ) ),
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:0", http = (), service = "main" ) ],
);

# Without nodejs_compat: nothing but what every Worker has.
const worker :Workerd.Worker = (
  modules = [ ( name = "worker.mjs", esModule = embed "worker.mjs" ) ],
  compatibilityDate = "2026-11-01",
);
