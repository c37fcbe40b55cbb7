package io.nightjar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy on loopback before an HTTP server, that answers some requests with 503, resets the
 * connection of others, and cuts some answers off: what S3 does under load.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final String SLOW_DOWN_BODY =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

  private static final byte[] SLOW_DOWN =
      String.join(
              "\r\n",
              "HTTP/1.1 503 Slow Down",
              "Content-Type: application/xml",
              "Content-Length: " + SLOW_DOWN_BODY.length(),
              "Connection: close",
              "",
              SLOW_DOWN_BODY)
          .getBytes(StandardCharsets.US_ASCII);

  /** Bytes of an answer that pass before it is cut off: its head and a part of its body. */
  private static final int CUT_AFTER = 700;

  /** What becomes of a request. */
  public enum Fate {
    PASS,
    /** It is answered with 503 and never reaches the server. */
    BUSY,
    /** Its connection is reset, and it never reaches the server. */
    RESET,
    /** Its answer is cut off. */
    CUT,
    /** It is never answered, and never reaches the server. */
    SILENT,
    /** It succeeds, for a name whose last letter is another. */
    MISPLACE
  }

  private static final Fate[] FAULTS = {Fate.BUSY, Fate.RESET, Fate.CUT};

  /** Decides what becomes of a request. Called by several threads. */
  public interface Rule {
    /** Of one whose first line is such as {@code GET /bucket/key HTTP/1.1}. */
    Fate of(String requestLine);
  }

  private final ServerSocket server;
  private final int target;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          body -> {
            Thread thread = new Thread(body, "faulty proxy");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Rule rule = line -> Fate.PASS;
  private final AtomicInteger faults = new AtomicInteger();

  private FaultyProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Starts one before a port of this machine; every request passes. */
  public static FaultyProxy before(int port) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FaultyProxy proxy = new FaultyProxy(server, port);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** What becomes of requests from now on. */
  public void rule(Rule decision) {
    rule = decision;
    faults.set(0);
  }

  /** One fault in so many requests, of each kind in turn. */
  public static Rule oneIn(int requests) {
    AtomicInteger seen = new AtomicInteger();
    return line -> {
      int number = seen.incrementAndGet();
      return number % requests == 0 ? FAULTS[number / requests % FAULTS.length] : Fate.PASS;
    };
  }

  /**
   * Faults drawn at random, of each kind alike, and requests without an answer as well.
   *
   * @param percent of the requests
   */
  public static Rule randomly(int percent, long seed) {
    Random random = new Random(seed);
    Fate[] fates = {Fate.BUSY, Fate.RESET, Fate.CUT, Fate.SILENT};
    return line -> {
      synchronized (random) {
        return random.nextInt(100) < percent ? fates[random.nextInt(fates.length)] : Fate.PASS;
      }
    };
  }

  /** Requests that did not pass since the rule was set. */
  public int faults() {
    return faults.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      threads.execute(() -> answer(upstream, client, left));
      byte[] buffer = new byte[1 << 16];
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String line = requestLine(buffer, read);
        Fate fate = line.isEmpty() ? Fate.PASS : rule.of(line);
        if (fate != Fate.PASS) {
          faults.incrementAndGet();
        }
        if (fate == Fate.BUSY) {
          client.getOutputStream().write(SLOW_DOWN);
          client.getOutputStream().flush();
          return;
        }
        if (fate == Fate.RESET) {
          reset(client);
          return;
        }
        if (fate == Fate.SILENT) {
          in.transferTo(OutputStream.nullOutputStream()); // until the client gives up
          return;
        }
        if (fate == Fate.CUT) {
          left.set(CUT_AFTER);
        }
        if (fate == Fate.MISPLACE) {
          buffer[line.lastIndexOf(' ') - 1] = 'X';
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // The connection ended, by this proxy's fault or otherwise.
    }
  }

  /** The answers of a connection, until one is cut off. */
  private static void answer(Socket upstream, Socket client, AtomicInteger left) {
    byte[] buffer = new byte[1 << 13];
    try {
      InputStream in = upstream.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int passing = Math.min(read, left.get());
        out.write(buffer, 0, passing);
        out.flush();
        if (left.get() < Integer.MAX_VALUE && left.addAndGet(-passing) <= 0) {
          reset(client);
          return;
        }
      }
      client.close();
    } catch (IOException e) {
      // The connection ended.
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /** The first line of a request; empty where the bytes are not the start of one. */
  private static String requestLine(byte[] bytes, int length) {
    String start = new String(bytes, 0, Math.min(length, 2048), StandardCharsets.ISO_8859_1);
    return start.matches("(?s)(GET|HEAD|PUT|POST|DELETE) /.*") ? start.split("\r\n", 2)[0] : "";
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
