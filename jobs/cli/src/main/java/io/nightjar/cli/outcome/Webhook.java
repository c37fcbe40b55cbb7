package io.nightjar.cli.outcome;

import io.nightjar.text.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a message to an address that nothing shows. It is tried three times, each time for so long
 * and no longer, whatever the other side does.
 */
final class Webhook {
  private static final int ATTEMPTS = 3;
  private static final int TOO_MANY_REQUESTS = 429;

  private final SecretAddress address;
  private final Duration patience;
  private final Duration pause;

  /** Waits ten seconds for each answer, and one and four seconds between attempts. */
  Webhook(SecretAddress address) {
    this(address, Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  /**
   * @param patience with each attempt, from the connection to the last byte of the answer
   * @param pause before the second attempt; four times as long before the third
   */
  Webhook(SecretAddress address, Duration patience, Duration pause) {
    this.address = address;
    this.patience = patience;
    this.pause = pause;
  }

  /** Sends it; why it was not taken in a sentence, empty where it was. */
  Optional<String> post(String json) {
    // A redirect would hand the message to another address than the one that was given.
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(address.uri())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "nightjar")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    Attempt last = attempt(client, request);
    for (int attempts = 1; !last.taken() && last.again() && attempts < ATTEMPTS; attempts++) {
      if (!sleep(pause.multipliedBy(attempts == 1 ? 1 : 4))) {
        break;
      }
      last = attempt(client, request);
    }
    return last.taken()
        ? Optional.empty()
        : Optional.of(
            Text.format(
                "The address that --webhook names did not take the message: %s. The exit code is"
                    + " what it would have been.",
                last.reason()));
  }

  private record Attempt(boolean taken, boolean again, String reason) {}

  private Attempt attempt(HttpClient client, HttpRequest request) {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      // HttpRequest.timeout would end with the headers; an answer may have no end.
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      boolean again = status >= 500 || status == TOO_MANY_REQUESTS;
      return new Attempt(
          status / 100 == 2, again, Text.format("it answers with status %d", status));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Attempt(
          false, true, Text.format("it has not answered within %d ms", patience.toMillis()));
    } catch (ExecutionException e) {
      // The message of the cause may have the address.
      return new Attempt(false, e.getCause() instanceof IOException, reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Attempt(false, false, "the wait for it was interrupted");
    }
  }

  private static String reason(Throwable cause) {
    return Text.format("the connection failed (%s)", cause.getClass().getSimpleName());
  }

  private static boolean sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The address of a report below a prefix, by the name of its folder. */
  static URI link(String prefix, String folder, String page) {
    String name = folder.replaceFirst("/+$", "");
    name = name.substring(name.lastIndexOf('/') + 1);
    String base = prefix.replaceFirst("/+$", "");
    return URI.create(
        Text.format("%s/%s/%s", base, encoded(name), encoded(page)).replace(" ", "%20"));
  }

  private static String encoded(String segment) {
    return java.net.URLEncoder.encode(segment, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
