namespace Orders;

public class Journal
{
    public void Write(Stream stream)
    {
        // AP0007
        stream.FlushAsync();
    }
}
