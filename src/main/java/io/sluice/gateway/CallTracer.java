package io.sluice.gateway;

import io.vertx.core.Context;
import java.util.Optional;

/** Follows calls. Each of its methods is called on the call's event loop, and must not block. */
public interface CallTracer {
  /** Follows none. */
  CallTracer NONE =
      new CallTracer() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void begins(Context place, Optional<TraceParent> parent) {}

        @Override
        public void ends(Context place, String route, AccessLine line) {}
      };

  /** Whether it wants to know of calls at all. */
  boolean isOn();

  /**
   * A call has come.
   *
   * @param place the call's own, in which everything of it is done
   * @param parent as its caller says
   */
  void begins(Context place, Optional<TraceParent> parent);

  /**
   * It has been answered, or its client has gone.
   *
   * @param place the same
   * @param route the template of its path
   */
  void ends(Context place, String route, AccessLine line);
}
