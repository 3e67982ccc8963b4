/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: The cx3tools authors */

#include "cx3/bus.h"

#include <stddef.h>

void cx3_bus_close(struct cx3_bus *bus)
{
	if (!bus || !bus->ops)
		return;
	bus->ops->close(bus->ctx);
	bus->ops = NULL;
	bus->ctx = NULL;
}
