namespace Orders;

public class Prices(HttpClient http)
{
    public string Read(string sku)
    {
        // AP0002
        return http.GetStringAsync("/prices/" + sku).Result;
    }
}
