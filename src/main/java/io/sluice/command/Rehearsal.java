package io.sluice.command;

import io.sluice.assembly.StartException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the demo's calls, made again and again.
 *
 * @param body in which {@link #FRESH} stands for an id that is new each time, and a match of {@link
 *     #LOOKED_UP} for one that a page tells
 */
record Rehearsal(URI uri, Map<String, String> headers, String body) {
  private static final int TRANSFERS = 300;
  private static final int TIMEOUT_MS = 10_000;
  private static final int SUCCESSES = 2;
  private static final int STATUS_CLASS = 100;
  private static final String FRESH = "'$(cat /proc/sys/kernel/random/uuid)'";
  private static final Pattern URL = Pattern.compile("http://\\S+");
  private static final Pattern HEADER = Pattern.compile("-H '([^:']+): ([^']*)'");

  /** The address of a page, and what the id looks like of which the page's first is meant. */
  private static final Pattern LOOKED_UP =
      Pattern.compile("'\"\\$\\(curl .*'(http://[^']+)' \\| grep -o '([^']+)' \\| head -n 1\\)\"'");

  private static final Pattern BODY = Pattern.compile("-d '(.*)'$", Pattern.DOTALL);

  Rehearsal {
    headers = Map.copyOf(headers);
  }

  /**
   * Understands a line of the demo.
   *
   * @throws StartException when it is none, because the demo could not be set up
   */
  static Rehearsal of(String line) {
    Matcher url = URL.matcher(line);
    Matcher body = BODY.matcher(line);
    if (!url.find() || !body.find()) {
      throw new StartException("there is nothing to rehearse: " + line, null);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    HEADER.matcher(line).results().forEach(found -> headers.put(found.group(1), found.group(2)));
    return new Rehearsal(URI.create(url.group()), headers, body.group(1));
  }

  /**
   * Makes the transfers, one after the other; blocks.
   *
   * @return how many
   * @throws StartException when one is not answered with success
   */
  int run() {
    for (int i = 0; i < TRANSFERS; i++) {
      int status = transfer();
      if (status / STATUS_CLASS != SUCCESSES) {
        throw new StartException("a transfer to " + uri + " was answered " + status, null);
      }
    }
    return TRANSFERS;
  }

  private int transfer() {
    String fresh = body.replace(FRESH, UUID.randomUUID().toString());
    String sent = LOOKED_UP.matcher(fresh).replaceAll(page -> lookUp(page.group(1), page.group(2)));
    try {
      HttpURLConnection connection = connect(uri);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(sent.getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      if (status / STATUS_CLASS == SUCCESSES) {
        // Read to its end, the answer leaves the connection open for the next.
        connection.getInputStream().readAllBytes();
      }
      return status;
    } catch (IOException e) {
      throw new StartException("no answer from " + uri + ": " + e.getMessage(), e);
    }
  }

  private String lookUp(String page, String form) {
    try {
      byte[] answer = connect(URI.create(page)).getInputStream().readAllBytes();
      Matcher found = Pattern.compile(form).matcher(new String(answer, StandardCharsets.UTF_8));
      if (!found.find()) {
        throw new StartException("nothing on " + page + " looks like " + form, null);
      }
      return found.group();
    } catch (IOException e) {
      throw new StartException("no answer from " + page + ": " + e.getMessage(), e);
    }
  }

  private HttpURLConnection connect(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    headers.forEach(connection::setRequestProperty);
    return connection;
  }
}
