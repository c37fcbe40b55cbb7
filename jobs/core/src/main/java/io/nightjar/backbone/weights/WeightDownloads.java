package io.nightjar.backbone.weights;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weight files from the web, kept in a folder and trusted only by their SHA-256. */
final class WeightDownloads {
  private static final Logger LOG = LoggerFactory.getLogger(WeightDownloads.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(2);

  private final Path cache;

  WeightDownloads(Path cache) {
    this.cache = cache;
  }

  /** {@code weights} under the folder that NIGHTJAR_CACHE names, or under ~/.cache/nightjar. */
  static WeightDownloads inUserCache() {
    String named = System.getenv("NIGHTJAR_CACHE");
    Path root =
        named != null && !named.isBlank()
            ? Path.of(named)
            : Path.of(System.getProperty("user.home"), ".cache", "nightjar");
    return new WeightDownloads(root.resolve("weights"));
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

  private static void download(URI address, Path into) throws IOException {
    LOG.info("Downloading weights from {}", Addresses.redacted(address.toString()));
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(RESPONSE_TIMEOUT).build();
    try {
      HttpResponse<Path> response = client.send(request, HttpResponse.BodyHandlers.ofFile(into));
      if (response.statusCode() != 200) {
        throw new IOException("HTTP status " + response.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String fileName(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    return name.isEmpty() ? "weights" : name;
  }
}
