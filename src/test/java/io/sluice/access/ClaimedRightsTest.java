package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimedRightsTest {
  private static final Rights READ_AND_WRITE = new Rights.Scopes(Set.of("read", "write"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'scope':'read write'}",
        "{'scope':['read','write']}",
        "{'scp':'read write'}",
        "{'scp':['read','write']}",
        "{'scope':'read','scp':['write','read']}",
        "{'scope':['write','write'],'scp':'read'}"
      })
  void readsTextAndArrayOfEitherClaim(String claims) {
    // When
    Rights rights = read(claims, Rights.NONE);

    // Then
    assertThat(rights).isEqualTo(READ_AND_WRITE);
    assertThat(rights.include("read")).isTrue();
    assertThat(rights.include("admin")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "' '",
        "' read'",
        "'read '",
        "'read  write'",
        "'read\\twrite'",
        "'read\\nwrite'",
        "'r\\u00e9ad'",
        "[]",
        "['']",
        "['read','']",
        "['read write']",
        "['read',null]",
        "['read',1]",
        "['read',['write']]",
        "[[]]",
        "{}",
        "{'read':true}",
        "{'a':'read'}",
        "null",
        "true",
        "0",
        "1"
      })
  void allowsNothingWhereAClaimIsEmptyOrOdd(String claim) {
    // When
    var read =
        Set.of(
            read("{'scope':" + claim + "}", new Rights.Everything()),
            read("{'scp':" + claim + "} ", new Rights.Everything()).equals(Rights.NONE),
            read("{'scope':'read','scp':" + claim + "}", new Rights.Everything()).include("read"));

    // Then
    assertThat(read).containsExactlyInAnyOrder(Rights.NONE, true, false);
  }

  @Test
  void leavesItToTheIssuersTermsWhatATokenWithoutScopesMayDo() {
    // When
    Rights rights = read("{'sub':'x'}", new Rights.Everything());

    // Then
    assertThat(rights.include("anything")).isTrue();
    assertThat(read("{'sub':'x'}", Rights.NONE).include("anything")).isFalse();
  }

  private static Rights read(String claims, Rights unscoped) {
    try {
      return ClaimedRights.of(new ObjectMapper().readTree(claims.replace('\'', '"')), unscoped);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
