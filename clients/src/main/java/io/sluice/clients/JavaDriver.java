package io.sluice.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs the clients that the generator makes for Java: finds the method of an operation, makes its
 * arguments with the client's own mapper, and says what came of it.
 */
final class JavaDriver {
  private final String root;
  private final String url;
  private final Class<?> apiClient;
  private final ObjectMapper json;

  private JavaDriver(String root, String url) throws ReflectiveOperationException {
    this.root = root;
    this.url = url;
    apiClient = Class.forName(root + ".ApiClient");
    json = (ObjectMapper) apiClient.getMethod("createDefaultObjectMapper").invoke(null);
  }

  /**
   * Reads calls until there are no more.
   *
   * @param args the package of the client, and where the gateway is
   */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    var driver = new JavaDriver(args[0], args[1]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println("heard " + driver.json.writeValueAsString(driver.call(line)));
    }
  }

  private ObjectNode call(String line) throws IOException, ReflectiveOperationException {
    JsonNode call = json.readTree(line);
    Class<?> type = Class.forName(root + ".api." + className(call.path("tag").asText()));
    Object api = type.getConstructor(apiClient).newInstance(client(call.path("token").asText()));
    Method method = method(type, plain(call.path("operation").asText()));
    try {
      ObjectNode heard = json.createObjectNode();
      heard.set("value", shown(method.invoke(api, arguments(method, call))));
      return heard;
    } catch (InvocationTargetException e) {
      return failure(e.getCause());
    } catch (IllegalArgumentException e) {
      return failure(e);
    }
  }

  private ObjectNode failure(Throwable thrown) throws ReflectiveOperationException {
    Class<?> refusal = Class.forName(root + ".ApiException");
    if (refusal.isInstance(thrown) && thrown.getCause() == null) {
      int status = (int) refusal.getMethod("getCode").invoke(thrown);
      if (status >= 300) {
        return json.createObjectNode().put("refused", status);
      }
    }
    return json.createObjectNode().put("failed", thrown.toString());
  }

  private Object client(String token) throws ReflectiveOperationException {
    Object client = apiClient.getConstructor().newInstance();
    apiClient.getMethod("updateBaseUri", String.class).invoke(client, url);
    Consumer<HttpRequest.Builder> authorization =
        request -> request.header("Authorization", "Bearer " + token);
    apiClient.getMethod("setRequestInterceptor", Consumer.class).invoke(client, authorization);
    return client;
  }

  /** The class of a tag: {@code External Accounts} is in {@code ExternalAccountsApi}. */
  private static String className(String tag) {
    var name = new StringBuilder();
    for (String word : (tag.isEmpty() ? "default" : tag).split(" ")) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.append("Api").toString();
  }

  /** The one without the extras that the generator adds, such as further headers. */
  private static Method method(Class<?> type, String operation) {
    return Arrays.stream(type.getMethods())
        .filter(method -> plain(method.getName()).equals(operation))
        .min(Comparator.comparingInt(Method::getParameterCount))
        .orElseThrow(() -> new IllegalStateException(type + " has no " + operation));
  }

  private Object[] arguments(Method method, JsonNode call) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> argument(parameter, call))
        .toArray();
  }

  private Object argument(Parameter parameter, JsonNode call) {
    String name = plain(parameter.getName());
    JsonNode value = call.path("body");
    for (Iterator<String> names = call.path("declared").fieldNames(); names.hasNext(); ) {
      String declared = names.next();
      if (plain(declared).equals(name)) {
        value = call.path("parameters").path(declared);
      }
    }
    return value.isMissingNode()
        ? null
        : json.convertValue(value, json.constructType(parameter.getParameterizedType()));
  }

  private JsonNode shown(Object value) throws IOException {
    return value instanceof File file
        ? json.getNodeFactory().textNode(Files.readString(file.toPath()))
        : json.valueToTree(value);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
