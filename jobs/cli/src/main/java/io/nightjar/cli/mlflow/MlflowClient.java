package io.nightjar.cli.mlflow;

import io.nightjar.cli.outcome.SecretAddress;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to an MLflow tracking server: its REST API 2.0. Messages never have its address. Written
 * on the JDK's client: MLflow's own brings Protocol Buffers and another client for HTTP.
 */
final class MlflowClient {
  private static final String API = "/api/2.0/";
  private static final int NOT_FOUND = 404;

  private final SecretAddress server;
  private final Optional<String> authorization;
  private final Duration patience;
  private final HttpClient http;

  private MlflowClient(SecretAddress server, Optional<String> authorization, Duration patience) {
    this.server = server;
    this.authorization = authorization;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A client that waits 30 seconds for each answer. */
  static MlflowClient of(SecretAddress server, Map<String, String> environment) {
    return of(server, environment, Duration.ofSeconds(30));
  }

  /**
   * A client.
   *
   * @param environment has the keys under the names that MLflow's own clients read
   */
  static MlflowClient of(SecretAddress server, Map<String, String> environment, Duration patience) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    Optional<String> authorization =
        token != null
            ? Optional.of("Bearer " + token)
            : Optional.ofNullable(user)
                .map(
                    name ->
                        basic(
                            name + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "")));
    return new MlflowClient(server, authorization, patience);
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /** What a request is answered with. */
  JsonDocument post(String method, Object body) throws IOException {
    HttpRequest.Builder request =
        request(API + "mlflow/" + method)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.compact(body)));
    HttpResponse<String> answer = send(request, method);
    require(answer, method);
    return parse(answer, method);
  }

  /** What is there; empty where nothing is. */
  Optional<JsonDocument> find(String method, String name, String value) throws IOException {
    HttpRequest.Builder request =
        request(API + "mlflow/" + method + "?" + name + "=" + encoded(value)).GET();
    HttpResponse<String> answer = send(request, method);
    if (answer.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    require(answer, method);
    return Optional.of(parse(answer, method));
  }

  /** Stores an artifact by the server's proxy. */
  void putArtifact(String path, byte[] content) throws IOException {
    StringBuilder place = new StringBuilder(API + "mlflow-artifacts/artifacts");
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        place.append('/').append(encoded(segment));
      }
    }
    HttpRequest.Builder request =
        request(place.toString()).PUT(HttpRequest.BodyPublishers.ofByteArray(content));
    require(send(request, "artifacts"), "artifacts");
  }

  private HttpRequest.Builder request(String path) {
    URI target = server.resolve(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(target);
    Optional.ofNullable(target.getUserInfo())
        .map(MlflowClient::basic)
        .or(() -> authorization)
        .ifPresent(key -> request.header("Authorization", key));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String method) throws IOException {
    var answer =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(
          Text.format(
              "the server has not answered to %s within %d ms", method, patience.toMillis()),
          e);
    } catch (ExecutionException e) { // the message of its cause may have the address
      throw new IOException(
          Text.format(
              "the connection to the server failed (%s)", e.getCause().getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the wait for the server was interrupted", e);
    }
  }

  private static void require(HttpResponse<String> answer, String method) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          Text.format(
              "the server answers to %s with status %d%s",
              method, answer.statusCode(), message(answer.body())));
    }
  }

  /** What the server says of its refusal. */
  private static String message(String body) {
    try {
      JsonDocument error = JsonDocument.parse(body);
      return error.has("message")
          ? Text.format(" (%s)", error.text("message").lines().findFirst().orElse(""))
          : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static JsonDocument parse(HttpResponse<String> answer, String method) throws IOException {
    try {
      return JsonDocument.parse(answer.body().isBlank() ? "{}" : answer.body());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          Text.format("the server's answer to %s is not of MLflow: %s", method, e.getMessage()), e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
