package io.nightjar.benchmark.step;

import io.nightjar.backbone.spec.Size;
import io.nightjar.benchmark.baseline.ImageIoDecode;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Files' bytes to the network's input, on one thread. */
public final class DecodeStep implements StepBenchmark {

  @Override
  public StepResult run(BenchmarkContext context) {
    Sample sample = context.sample();
    List<Sample.Encoded> files =
        sample
            .train()
            .subList(0, Math.min(context.options().decodeImages(), sample.train().size()));
    Size size = sample.backbone().spec().imageSize();
    double bytes = files.stream().mapToLong(file -> file.bytes().length).sum();
    Map<Quantity, Double> work =
        Map.of(Quantity.IMAGES, (double) files.size(), Quantity.MEGABYTES, bytes / 1e6);
    Candidate<List<RgbImage>> ours =
        Candidate.ours(
            Text.format("decode and resize to %d x %d", size.width(), size.height()),
            1,
            work,
            () -> files.stream().map(sample::input).toList());
    Candidate<List<RgbImage>> imageIo =
        Candidate.baseline(
            "ImageIO, the same resize",
            1,
            work,
            () -> {
              List<RgbImage> inputs = new ArrayList<>();
              for (Sample.Encoded file : files) {
                inputs.add(
                    BilinearResize.resize(
                        ImageIoDecode.decode(file.bytes()), size.width(), size.height()));
              }
              return inputs;
            });
    List<Measurement> measurements = StepComparison.run(context.options(), ours, imageIo);
    RgbImage first = sample.decoded(files.get(0));
    return new StepResult(
        BenchmarkStep.DECODE,
        measurements,
        List.of(samePixels(ours.result(), imageIo.result())),
        Map.of(
            "first_image_width", first.width(),
            "first_image_height", first.height(),
            "file_bytes", (long) bytes));
  }

  private static Check samePixels(List<RgbImage> ours, List<RgbImage> theirs) {
    long different = 0;
    for (int i = 0; i < ours.size(); i++) {
      different += Arrays.equals(ours.get(i).pixels(), theirs.get(i).pixels()) ? 0 : 1;
    }
    return new Check(
        "ImageIO",
        different == 0,
        Text.format("%d of %d inputs differ from ours by a byte or more", different, ours.size()));
  }
}
