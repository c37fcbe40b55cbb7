package io.nightjar.backbone.weights;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.PlainName;
import io.nightjar.io.Sha256;
import io.nightjar.io.UserCache;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weight files from the web, kept in a folder and trusted only by their SHA-256. */
final class WeightDownloads {
  private static final Logger LOG = LoggerFactory.getLogger(WeightDownloads.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(2);

  /**
   * How much a server may send, and how slowly.
   *
   * @param bytes of a file
   * @param whole time for all of it
   * @param silence time without a byte
   */
  record Limits(long bytes, Duration whole, Duration silence) {
    /** No ResNet's weights are larger than 2 GB; in two hours these arrive at 300 kB/s. */
    static final Limits DEFAULT =
        new Limits(Integer.MAX_VALUE, Duration.ofHours(2), Duration.ofMinutes(2));
  }

  /** Of a file's name in the cache, which begins with a hash. */
  private static final int LONGEST_NAME = 100;

  private final Path cache;
  private final Limits limits;

  WeightDownloads(Path cache) {
    this(cache, Limits.DEFAULT);
  }

  WeightDownloads(Path cache, Limits limits) {
    this.cache = cache;
    this.limits = limits;
  }

  /** {@code weights} under the folder that NIGHTJAR_CACHE names, or under ~/.cache/nightjar. */
  static WeightDownloads inUserCache() {
    return new WeightDownloads(UserCache.folder().resolve("weights"));
  }

  /**
   * The local copy of a published file; it is downloaded unless a copy with the right hash is
   * present.
   *
   * @param sha256 the hash or its first digits, lower-case hex
   * @throws InvalidInputException where the file cannot be downloaded or does not have the hash
   */
  Path fetch(URI address, String sha256) {
    Path target = cache.resolve(sha256 + "-" + fileName(address));
    try {
      if (Files.exists(target) && Sha256.of(target).startsWith(sha256)) {
        return target;
      }
      Files.createDirectories(cache);
      Path partial = Files.createTempFile(cache, "download-", ".part");
      try {
        download(address, partial);
        String found = Sha256.of(partial);
        if (!found.startsWith(sha256)) {
          throw new InvalidInputException(
              Text.format(
                  "The weights at %s have the SHA-256 %s, but %s was expected: check the address and the hash.",
                  address, found, sha256));
        }
        return Files.move(
            partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The weights at %s cannot be downloaded into %s (%s): check the network, or download the file by other means and give its path.",
              address, cache, e),
          e);
    }
  }

  private void download(URI address, Path into) throws IOException {
    LOG.info("Downloading weights from {}", Addresses.redacted(address.toString()));
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(RESPONSE_TIMEOUT).build();
    AtomicLong received = new AtomicLong();
    HttpResponse.BodyHandler<Path> body =
        response ->
            new LimitedBody<>(HttpResponse.BodySubscribers.ofFile(into), limits.bytes(), received);
    CompletableFuture<HttpResponse<Path>> response = client.sendAsync(request, body);
    try {
      int status = awaited(response, received).statusCode();
      if (status != 200) {
        throw new IOException("HTTP status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException(String.valueOf(e.getCause()), e);
    } finally {
      response.cancel(true);
    }
  }

  /** The request's own time limit ends with the headers; here the body has one. */
  private <T> T awaited(CompletableFuture<T> response, AtomicLong received)
      throws IOException, InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    long heard = begun;
    long bytes = 0;
    while (true) {
      try {
        return response.get(Math.max(1, limits.silence().toMillis() / 20), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = System.nanoTime();
        if (received.get() > bytes) {
          bytes = received.get();
          heard = now;
        }
        if (now - begun > limits.whole().toNanos()) {
          throw new IOException(
              Text.format(
                  "after %d s only %d bytes had arrived", limits.whole().toSeconds(), bytes),
              e);
        }
        // Before the first byte, the request's own limits hold.
        if (bytes > 0 && now - heard > limits.silence().toNanos()) {
          throw new IOException(
              Text.format(
                  "the server sent nothing for %d s after %d bytes",
                  limits.silence().toSeconds(), bytes),
              e);
        }
      }
    }
  }

  private static String fileName(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    return name.isEmpty() ? "weights" : PlainName.like(name, LONGEST_NAME).value();
  }
}
