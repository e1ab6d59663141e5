package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePermissionsTest {
  @ParameterizedTest
  @CsvSource({
    "r--------, false, false",
    "rw-------, false, false",
    "r--r-----, false, true",
    "rw-r-----, false, true",
    "r--r-----, true, false",
    "rw-r-----, true, false",
    "rw-rw----, true, true",
    "r--r-x---, true, true",
    "r--r--r--, true, true"
  })
  void letsAGroupReadWhatRootHandsOverAndNothingElse(
      String permissions, boolean handedOver, boolean open) {
    // When
    boolean isOpen =
        FilePermissions.isOpen(PosixFilePermissions.fromString(permissions), handedOver);

    // Then
    assertThat(isOpen).isEqualTo(open);
  }
}
