package io.nightjar.benchmark;

import io.nightjar.benchmark.baseline.ImageIoDecode;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One drawn picture of 1024 x 1024: its PNG, and its way to 224 x 224. */
@State(Scope.Thread)
public class ImageKernels {
  private static final int SIDE = 1024;
  private static final int INPUT = 224;

  private byte[] png;
  private RgbImage picture;

  @Setup(Level.Trial)
  public void draw() throws IOException, UnreadableFileException {
    Path folder = Files.createTempDirectory("kernels");
    try {
      Path data = folder.resolve("data");
      DemoDataset.generate(data, new DemoDataset.Options(SIDE, 1, 1, 1, 1), List.of("bottle"));
      png = Files.readAllBytes(data.resolve("bottle/train/good/000.png"));
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
    picture = ImageDecoder.decode(png, "drawn");
  }

  @Benchmark
  public RgbImage decodePng() throws UnreadableFileException {
    return ImageDecoder.decode(png, "drawn");
  }

  /** The baseline of {@link #decodePng}. */
  @Benchmark
  public RgbImage decodePngByImageIo() throws IOException {
    return ImageIoDecode.decode(png);
  }

  @Benchmark
  public RgbImage resize() {
    return BilinearResize.resize(picture, INPUT, INPUT);
  }
}
