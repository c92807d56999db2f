namespace Onsale.Inventory;

/// <summary>State in memory and what is written do not fit: the state must be dropped and loaded again.</summary>
public sealed class InventoryCorruptException(string message) : Exception(message);
