package io.sluice.gateway;

import io.sluice.config.TlsSettings;
import io.sluice.testing.RawClient;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What holds of connections holds over TLS. */
class TlsConnectionTest extends GatewayConnectionTest {
  private final TestAuthority authority = new TestAuthority();

  @TempDir private Path directory;

  @Override
  TlsSettings tls() {
    TestAuthority.write(directory, authority.server());
    return TlsTest.settings(directory, Map.of("http.tls.reloadIntervalMs", "86400000"));
  }

  @Override
  TestClient client() {
    return TestClient.tls(gateway.port(), authority.trusted());
  }

  @Override
  RawClient raw() {
    return RawClient.tls(gateway.port(), authority.trusted());
  }
}
