package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFilesTest {
  private final AtomicInteger requests = new AtomicInteger();
  private final Configuration conf = new Configuration(false);

  @TempDir Path folder;
  private HttpServer server;
  private String address;
  private Path file;
  private String sha256;
  private WeightDownloads downloads;

  @BeforeEach
  void serve() throws IOException {
    byte[] bytes = new StateDictWriter().put("a", StateDictWriter.floats(List.of(1), 1)).zip();
    file = Files.write(folder.resolve("a.pth"), bytes);
    sha256 = Sha256.of(file);
    downloads = new WeightDownloads(folder.resolve("cache"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/a.pth",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Weights load(String location, Optional<String> hash) {
    return WeightFiles.load(location, hash, conf, downloads);
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.toList();
    }
  }

  @Test
  void downloadsOnceAndKeepsTheFile() throws IOException {
    Weights first = load(address + "/a.pth", Optional.of(sha256.toUpperCase(Locale.ROOT)));
    load(address + "/a.pth", Optional.of(sha256));

    assertThat(first.names()).containsExactly("a");
    assertThat(first.source()).isEqualTo(address + "/a.pth");
    assertThat(first.sha256()).isEqualTo(sha256);
    assertThat(requests).hasValue(1);
    assertThat(cached()).containsExactly(folder.resolve("cache/" + sha256 + "-a.pth"));
  }

  @Test
  void aRelativePathIsRecordedInFull() {
    Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());

    assertThat(load(relative.toString(), Optional.empty()).source())
        .isEqualTo(file.toAbsolutePath().toString());
    assertThat(load(file.toString(), Optional.empty()).source()).isEqualTo(file.toString());
  }

  @Test
  void randomWeightsAreSaidToBeForEvaluate() {
    assertThatThrownBy(() -> load("random:1", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The weights random:1 are random ones, for rehearsals with evaluate; name pretrained"
                + " weights here: their file, or a name such as torchvision:resnet50.");
    assertThatThrownBy(() -> load("random:x", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("write random:SEED with a whole number");
  }

  @Test
  void downloadsAgainWhatIsDamagedInTheCache() throws IOException {
    load(address + "/a.pth", Optional.of(sha256));
    Files.writeString(cached().get(0), "damaged");

    assertThat(load(address + "/a.pth", Optional.of(sha256)).sha256()).isEqualTo(sha256);
    assertThat(requests).hasValue(2);
  }

  @Test
  void refusesAnotherHashShowingBoth() throws IOException {
    String other = "0".repeat(64);

    assertThatThrownBy(() -> load(address + "/a.pth", Optional.of(other)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sha256)
        .hasMessageContaining(other);
    assertThat(cached()).isEmpty();
  }

  @Test
  void requiresAHashForTheWeb() {
    assertThatThrownBy(() -> load(address + "/a.pth", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("SHA-256");
    assertThat(requests).hasValue(0);
  }

  @Test
  void reportsTheServersResponse() throws IOException {
    assertThatThrownBy(() -> load(address + "/absent.pth", Optional.of(sha256)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("HTTP status 404")
        .hasMessageContaining("/absent.pth");
    assertThat(cached()).isEmpty();
  }

  @Test
  void givesUpAnEndlessDownload() {
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(new byte[1 << 16]);
            }
          }
        });
    downloads = limited(1 << 20, Duration.ofMinutes(10), Duration.ofMinutes(10));

    assertThatThrownBy(() -> load(address + "/endless", Optional.of(sha256)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has more than 1048576 bytes");
  }

  @Test
  void givesUpAServerThatFallsSilent() {
    CountDownLatch ended = new CountDownLatch(1);
    serveThenWait("/silent", ended, Long.MAX_VALUE);
    downloads = limited(1 << 20, Duration.ofMinutes(10), Duration.ofMillis(300));

    assertThatThrownBy(() -> load(address + "/silent", Optional.of(sha256)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the server sent nothing for 0 s after");
    ended.countDown();
  }

  @Test
  void givesUpADownloadThatTakesTooLong() {
    CountDownLatch ended = new CountDownLatch(1);
    serveThenWait("/slow", ended, 20);
    downloads = limited(1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));

    assertThatThrownBy(() -> load(address + "/slow", Optional.of(sha256)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(".*after 1 s only \\d+ bytes had arrived.*");
    ended.countDown();
  }

  private WeightDownloads limited(long bytes, Duration whole, Duration silence) {
    return new WeightDownloads(
        folder.resolve("cache"), new WeightDownloads.Limits(bytes, whole, silence));
  }

  /** Sends a byte now and then until the test has ended. */
  private void serveThenWait(String path, CountDownLatch ended, long millis) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          try {
            do {
              exchange.getResponseBody().write(1);
              exchange.getResponseBody().flush();
            } while (!ended.await(millis, TimeUnit.MILLISECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void acceptsAPublishedPrefix() {
    assertThat(downloads.fetch(URI.create(address + "/a.pth"), sha256.substring(0, 8))).exists();
  }

  @Test
  void readsHadoopUris() {
    assertThat(load(file.toUri().toString(), Optional.of(sha256)).sha256()).isEqualTo(sha256);
  }

  @Test
  void refusesALocalFileOfAnotherHash() {
    assertThatThrownBy(() -> load(file.toString(), Optional.of("1".repeat(64))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sha256)
        .hasMessageContaining("1".repeat(64));
  }

  @Test
  void refusesWhatIsNoHash() {
    assertThatThrownBy(() -> load(file.toString(), Optional.of("abc")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'abc'");
  }

  @Test
  void namesTheAbsentFile() {
    assertThatThrownBy(() -> load(folder.resolve("none.pth").toString(), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.pth");
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(() -> load(folder.toString(), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("folder");
  }

  @Test
  void knowsThePublishedNames() {
    NamedWeights weights = NamedWeights.find("torchvision:resnet50").orElseThrow();

    assertThat(weights.address())
        .hasToString("https://download.pytorch.org/models/resnet50-0676ba61.pth");
    assertThat(weights.sha256Prefix()).isEqualTo("0676ba61");
  }

  @Test
  void refusesUnknownNames() {
    assertThatThrownBy(() -> load("torchvision:resnet34", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("torchvision:wide_resnet50_2");
  }
}
