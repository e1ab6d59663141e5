package io.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDecoderTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

  private final RequestDecoder decoder = new RequestDecoder(new HttpServerOptions(), () -> {});
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private List<HttpRequest> requests() {
    List<HttpRequest> requests =
        channel.inboundMessages().stream()
            .filter(HttpRequest.class::isInstance)
            .map(HttpRequest.class::cast)
            .toList();
    channel.inboundMessages().clear();
    return requests;
  }

  @Test
  void readsNoRequestWhileTheOneBeforeItIsNotOver() throws Exception {
    // Given
    receive(GET.repeat(1_000));
    assertThat(requests()).hasSize(1);
    assertThat(decoder.unreadBytes()).isEqualTo(999 * GET.length());
    assertThat(decoder.holdsBytes()).isTrue();

    // When
    decoder.next();
    decoder.readHeld(channel.pipeline().firstContext());

    // Then
    assertThat(requests()).hasSize(1);
    assertThat(decoder.unreadBytes()).isEqualTo(998 * GET.length());
  }

  @Test
  void readsABodyThatComesInManyPieces() {
    // Given
    receive("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n");

    // When
    for (int i = 0; i < 3; i++) {
      receive("0123456789");
    }

    // Then
    assertThat(requests()).hasSize(1);
    assertThat(decoder.unreadBytes()).isZero();
    receive(GET);
    assertThat(decoder.holdsBytes()).isTrue();
  }

  @Test
  void reckonsTheFieldsOfAHeadThatIsNotWhole() {
    // When
    receive("GET /a HTTP/1.1\r\n" + "a:\r\n".repeat(90) + "b");

    // Then
    assertThat(decoder.unreadBytes()).isGreaterThan(90 * 150);
  }

  @Test
  void refusesMoreFieldsThanAnybodyNeeds() {
    // When
    receive("GET /a HTTP/1.1\r\nHost: x\r\n" + "a:\r\n".repeat(100) + "\r\n");

    // Then
    assertThat(requests())
        .singleElement()
        .satisfies(request -> assertThat(request.decoderResult().isFailure()).isTrue());
  }
}
