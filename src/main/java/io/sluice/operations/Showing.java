package io.sluice.operations;

import io.sluice.access.Presented;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import java.util.Optional;

/** How callers show who they are. */
interface Showing {
  /** With each request anew, as programs do. */
  Showing BEARER =
      new Showing() {
        @Override
        public Optional<ShownToken> token(Call call, Operation<?> operation) {
          return call.bearer().map(Presented::text).map(ShownToken::of);
        }

        @Override
        public ApiException unknown() {
          return AdminErrors.unauthorized();
        }
      };

  /**
   * The token that a call shows, or that its session was opened with; empty for none. It may throw
   * what a call is refused with.
   */
  Optional<ShownToken> token(Call call, Operation<?> operation);

  /** What is answered to a call that shows no token that is in force. */
  ApiException unknown();
}
