package io.nightjar.benchmarks.kernel;

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

/** One generated image of 1024 x 1024: decoding its PNG, and resizing it to 224 x 224. */
@State(Scope.Thread)
public class ImageKernels extends Kernel {
  private static final int SIDE = 1024;
  private static final int INPUT = 224;

  private byte[] png;
  private RgbImage image;

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
    image = ImageDecoder.decode(png, "generated");
  }

  @Benchmark
  public RgbImage decodePng() throws UnreadableFileException {
    return ImageDecoder.decode(png, "generated");
  }

  /** The baseline of {@link #decodePng}. */
  @Benchmark
  public RgbImage decodePngByImageIo() throws IOException {
    return ImageIoDecode.decode(png);
  }

  @Benchmark
  public RgbImage resize() {
    return BilinearResize.resize(image, INPUT, INPUT);
  }
}
