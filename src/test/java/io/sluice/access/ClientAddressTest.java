package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,10.0.0.1,true",
    "10.0.0.1,10.0.0.2,false",
    "2001:db8::1,2001:db8:0:0:ffff::2,true",
    "2001:db8::1,2001:db8:0:1::1,false",
    "::ffff:10.0.0.1,10.0.0.1,true",
    "::x,::x,true",
    "::x,::y,false"
  })
  void tellsClientsApart(String one, String other, boolean same) {
    assertThat(ClientAddress.of(one).equals(ClientAddress.of(other))).isEqualTo(same);
  }
}
