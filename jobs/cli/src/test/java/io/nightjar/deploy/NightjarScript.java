package io.nightjar.deploy;

import io.nightjar.cli.CommandLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A command {@code nightjar} for scripts that call one: it hands its command line to this process,
 * which runs it, prints what that printed and ends with its exit code. Starting Spark again for
 * each command line would take most of the time of such a script.
 *
 * <p>Relative paths in a command line are those of this process, not of the script.
 */
final class NightjarScript implements AutoCloseable {
  private final ServerSocket socket;
  private final Path file;

  private NightjarScript(ServerSocket socket, Path file) {
    this.socket = socket;
    this.file = file;
  }

  /** A script that takes Nightjar's own command line. */
  static NightjarScript in(Path work) throws IOException {
    return write(work.resolve("nightjar"), "");
  }

  /** One that takes it after {@code --}, as {@code deploy/spark-submit/nightjar-submit} does. */
  static NightjarScript submittingIn(Path work) throws IOException {
    return write(work.resolve("nightjar-submit"), "while [ \"$1\" != -- ]; do shift; done\nshift");
  }

  private static NightjarScript write(Path file, String first) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Files.writeString(
        file,
        String.join(
            "\n",
            "#!/usr/bin/env bash",
            "set -euo pipefail",
            first,
            "call=$(mktemp -d '" + file + ".XXXXXX')",
            "printf '%s\\0' \"$@\" >\"$call/words\"",
            "exec 3<>/dev/tcp/127.0.0.1/" + socket.getLocalPort(),
            "printf '%s\\n' \"$call\" >&3",
            "read -r code <&3",
            "cat \"$call/out\"",
            "cat \"$call/err\" >&2",
            "exit \"$code\"",
            ""));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    NightjarScript script = new NightjarScript(socket, file);
    Thread thread = new Thread(script::serve, "nightjar script");
    thread.setDaemon(true);
    thread.start();
    return script;
  }

  /** The script. */
  Path file() {
    return file;
  }

  /** One command line after the other, until the socket is closed. */
  private void serve() {
    while (!socket.isClosed()) {
      try (Socket call = socket.accept()) {
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8));
        Path folder = Path.of(lines.readLine());
        CommandLines.Ended ended = CommandLines.run(words(folder.resolve("words")));
        Files.writeString(folder.resolve("out"), ended.out());
        Files.writeString(folder.resolve("err"), ended.err());
        call.getOutputStream().write((ended.exitCode() + "\n").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The socket was closed, or the script has ended, which its caller sees.
      }
    }
  }

  private static String[] words(Path file) throws IOException {
    String all = Files.readString(file);
    return all.isEmpty() ? new String[0] : all.substring(0, all.length() - 1).split("\0", -1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
