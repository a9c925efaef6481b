"""Speed of the training loop beside Keras's own `fit`, on the paper's network and the same pictures.

Figure: `pictures_per_second`; ours in the precision that the trainer chooses here, the peer in float32.
"""

from __future__ import annotations

import numpy as np
from measuring import Figure, in_turn, quick, report, seconds

from deblur_app.engine import devices

_BATCH = 32  # pairs


def main() -> None:
    """Measure the time of a few steps of each in turn."""
    is_quick = quick(__doc__)
    steps, times = (2, 3) if is_quick else (6, 5)
    devices.load_engine()
    import keras
    import tensorflow as tf

    from training.config.config import TrainingConfig
    from training.learning import train_step
    from training.learning.train_step import build_network
    from training.trainables.trainables import trainable_of

    config = TrainingConfig()
    objective = trainable_of(config).objective(config)
    device, _ = devices.choose(config.device)
    random = np.random.default_rng(0)
    blurred, sharp = (random.integers(0, 256, (_BATCH * steps, 128, 128, 3), np.uint8) for _ in range(2))
    precision = train_step.choose_precision(config, objective, device.tf_name, blurred[:_BATCH], sharp[:_BATCH])
    ours = train_step.TrainStep(
        config, objective, strategy=tf.distribute.OneDeviceStrategy(device.tf_name), precision=precision
    )
    peer = build_network(config, "float32")
    peer.compile(optimizer=keras.optimizers.Adam(config.learning_rate), loss="mse", metrics=["acc"])
    x, y = blurred.astype(np.float32) / 255, sharp.astype(np.float32) / 255

    def epoch() -> None:
        for start in range(0, len(blurred), _BATCH):
            ours.step(blurred[start : start + _BATCH], sharp[start : start + _BATCH])

    def fit() -> None:
        peer.fit(x, y, batch_size=_BATCH, epochs=1, shuffle=False, verbose=0)

    ours.step(blurred[:_BATCH], sharp[:_BATCH])  # compiling is not counted, for either
    peer.fit(x[:_BATCH], y[:_BATCH], batch_size=_BATCH, verbose=0)
    ours_speed, peer_speed = in_turn(lambda: len(x) / seconds(epoch), lambda: len(x) / seconds(fit), times)
    print(f"Precision: {precision} on {device.label}")
    report("training", {"pictures_per_second": Figure(ours_speed, "pictures/s", peer_speed)})


if __name__ == "__main__":
    main()
